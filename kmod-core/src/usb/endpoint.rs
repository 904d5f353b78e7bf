// SPDX-License-Identifier: GPL-2.0-only
//! By what more than requests goes over.

use core::ffi::c_uint;
use core::marker::PhantomData;

use kmod_bindings::{self as bindings, kmod_usb_endpoint};

/// How an endpoint transfers: [`Bulk`] or [`Interrupt`].
pub trait UsbTransfer: sealed::Sealed + 'static {
    /// The kernel's number of it.
    #[doc(hidden)]
    const NUMBER: c_uint;
}

/// Which way an endpoint transfers: [`In`] or [`Out`].
pub trait UsbDirection: sealed::Sealed + 'static {
    /// The bit of it in an address.
    #[doc(hidden)]
    const BIT: c_uint;
}

mod sealed {
    pub trait Sealed {}
}

/// Much, whenever there is time for it.
pub struct Bulk;

/// Little, at intervals.
pub struct Interrupt;

/// From the device.
pub struct In;

/// To the device.
pub struct Out;

impl sealed::Sealed for Bulk {}
impl sealed::Sealed for Interrupt {}
impl sealed::Sealed for In {}
impl sealed::Sealed for Out {}

impl UsbTransfer for Bulk {
    const NUMBER: c_uint = bindings::KMOD_USB_BULK;
}

impl UsbTransfer for Interrupt {
    const NUMBER: c_uint = bindings::KMOD_USB_INTERRUPT;
}

impl UsbDirection for In {
    const BIT: c_uint = bindings::KMOD_USB_IN;
}

impl UsbDirection for Out {
    const BIT: c_uint = bindings::KMOD_USB_OUT;
}

/// An endpoint of an interface, of a kind and a direction: what [`endpoint`](super::UsbInterface::endpoint)
/// finds. It is a plain value; used with another interface, it is the one that has the same address there, if it
/// is of that kind.
pub struct UsbEndpoint<T, D> {
    found: kmod_usb_endpoint,
    what: PhantomData<fn() -> (T, D)>,
}

impl<T: UsbTransfer, D: UsbDirection> UsbEndpoint<T, D> {
    /// What was found.
    pub(super) fn new(found: kmod_usb_endpoint) -> Self {
        let what = PhantomData;
        Self { found, what }
    }

    /// Its number, with the bit of its direction: `bEndpointAddress`.
    pub fn address(&self) -> u8 {
        self.found.address
    }

    /// How many bytes a packet has at the most: `wMaxPacketSize`, which is not 0.
    pub fn max_packet(&self) -> u16 {
        self.found.max_packet
    }

    /// How often the device is asked, as it has said so: `bInterval`.
    pub fn interval(&self) -> u8 {
        self.found.interval
    }
}
