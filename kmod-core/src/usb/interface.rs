// SPDX-License-Identifier: GPL-2.0-only
//! What is said to a device, and what it answers.

use core::ffi::c_ulong;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::time::Duration;

use kmod_bindings::{self as bindings, device, kmod_usb, kmod_usb_request};

use super::{In, Out, UsbDirection, UsbEndpoint, UsbTransfer};
use crate::bus::{Handle, Pointer};
use crate::error::code::{EILSEQ, ENXIO};
use crate::error::{Result, to_result};
use crate::timer::jiffies;

/// What a control transfer asks for: `vendor(request)`, `class(request)` or `standard(request)`, of the device
/// unless another recipient is given, with the value and the index 0 unless they are given.
#[derive(Clone, Copy)]
pub struct UsbRequest(kmod_usb_request);

/// The recipients of requests.
const INTERFACE: u8 = 1;
const ENDPOINT: u8 = 2;

impl UsbRequest {
    /// A request of this kind.
    const fn new(kind: u32, request: u8) -> Self {
        Self(kmod_usb_request {
            type_: kind as u8,
            request,
            value: 0,
            index: 0,
        })
    }

    /// One that the device's vendor has made up: `USB_TYPE_VENDOR`.
    pub const fn vendor(request: u8) -> Self {
        Self::new(bindings::KMOD_USB_VENDOR, request)
    }

    /// One of the class of the device or interface: `USB_TYPE_CLASS`.
    pub const fn class(request: u8) -> Self {
        Self::new(bindings::KMOD_USB_CLASS, request)
    }

    /// One that all devices have: `USB_TYPE_STANDARD`.
    pub const fn standard(request: u8) -> Self {
        Self::new(bindings::KMOD_USB_STANDARD, request)
    }

    /// Its `wValue`.
    #[must_use]
    pub const fn value(mut self, value: u16) -> Self {
        self.0.value = value;
        self
    }

    /// Its `wIndex`.
    #[must_use]
    pub const fn index(mut self, index: u16) -> Self {
        self.0.index = index;
        self
    }

    /// It is for the interface of this number: `USB_RECIP_INTERFACE`, with the number as its index.
    #[must_use]
    pub const fn interface(mut self, number: u8) -> Self {
        self.0.type_ |= INTERFACE;
        self.index(number as u16)
    }

    /// It is for the endpoint of this address: `USB_RECIP_ENDPOINT`, with the address as its index.
    #[must_use]
    pub const fn endpoint(mut self, address: u8) -> Self {
        self.0.type_ |= ENDPOINT;
        self.index(address as u16)
    }
}

/// What a device and its interface say of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsbDescriptor {
    /// The device's vendor, `idVendor`.
    pub vendor: u16,
    /// Its product, `idProduct`.
    pub product: u16,
    /// Its version, `bcdDevice`.
    pub version: u16,
    /// The number of the string that names the manufacturer, or 0.
    pub manufacturer_string: u8,
    /// That of the product's name, or 0.
    pub product_string: u8,
    /// That of the serial number, or 0.
    pub serial_string: u8,
    /// Which of the device's interfaces it is, `bInterfaceNumber`.
    pub interface: u8,
    /// The interface's class.
    pub class: u8,
    /// Its subclass.
    pub subclass: u8,
    /// Its protocol.
    pub protocol: u8,
}

/// An interface of a USB device, by which its driver talks to the device: a field under
/// [`#[bus]`](macro@crate::bus) of its device. `probe` has it, too: [`UsbDevice`](super::UsbDevice).
///
/// Each call may sleep, until `timeout` has passed, of which there is at least a jiffy. Buffers may be anywhere:
/// what goes over is copied into memory that a host controller can use.
///
/// # Errors
///
/// Of all calls: `ENODEV` if the interface is not bound, as soon as it is being unbound or pulled out, also of
/// what waits then; `ETIMEDOUT`; `EPIPE` if the device refuses (a stalled endpoint stays so until
/// [`clear_halt`](Self::clear_halt)); `EOVERFLOW` if it sends more than was asked for; `EPROTO`, `EILSEQ`, `ETIME`
/// for faults on the wire, or if it was just pulled out; `EHOSTUNREACH` or `ESHUTDOWN` if it is suspended, or was meanwhile; `ENOMEM`, also for
/// megabytes at once.
pub struct UsbInterface(Pointer<kmod_usb>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for UsbInterface {
    fn closed() -> Self {
        Self(Pointer::none())
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let usb = unsafe { bindings::kmod_usb_of(device.as_ptr()) };
        // SAFETY: The device's driver is being bound, before which it was made, and it stays until that is
        // unbound or could not be bound. That is over after `close` (this function's contract).
        unsafe { self.0.set(usb) }
    }

    fn shut(&self) {
        if let Ok(usb) = self.0.get() {
            // SAFETY: It lives during this call (`Pointer`'s invariant).
            unsafe { bindings::kmod_usb_shut(usb) };
        }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for UsbInterface {
    fn default() -> Self {
        Self::new()
    }
}

/// How many bytes went over, of at most `of`, or the errno.
fn went(returned: i32, of: usize) -> Result<usize> {
    let bytes = to_result(returned)?.cast_unsigned();
    Ok(usize::try_from(bytes)?.min(of))
}

/// The part of a buffer that was filled, or the errno.
fn filled(returned: i32, to: &mut [u8]) -> Result<&[u8]> {
    let done = went(returned, to.len())?;
    Ok(to.get(..done).unwrap_or_default())
}

/// What a transfer may take.
fn within(timeout: Duration) -> c_ulong {
    jiffies(timeout).max(1)
}

impl UsbInterface {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// What the device and the interface say of themselves.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn descriptor(&self) -> Result<UsbDescriptor> {
        let usb = self.0.get()?;
        let mut said = MaybeUninit::uninit();
        // SAFETY: The interface lives during this call (`Pointer`'s invariant), and the other is a variable.
        unsafe { bindings::kmod_usb_describe(usb, said.as_mut_ptr()) };
        // SAFETY: It was written as a whole.
        let said = unsafe { said.assume_init() };
        Ok(UsbDescriptor {
            vendor: said.vendor,
            product: said.product,
            version: said.version,
            manufacturer_string: said.manufacturer_string,
            product_string: said.product_string,
            serial_string: said.serial_string,
            interface: said.interface,
            class: said.class,
            subclass: said.subclass,
            protocol: said.protocol,
        })
    }

    /// The interface's endpoint of a kind and a direction, counted from 0 among those: the type of what it is
    /// kept in says which. One whose packets have no byte is not counted.
    ///
    /// # Errors
    ///
    /// `ENXIO` if the device has not so many, which is logged; `ENODEV`.
    pub fn endpoint<T: UsbTransfer, D: UsbDirection>(
        &self,
        number: u32,
    ) -> Result<UsbEndpoint<T, D>> {
        let found = self.find_endpoint(number);
        if matches!(found, Err(ENXIO)) {
            // SAFETY: The interface lives during this call (`Pointer`'s invariant).
            unsafe { bindings::kmod_usb_lacks(self.0.get()?, T::NUMBER, D::BIT, number) };
        }
        found
    }

    /// The same, for one that a device need not have.
    ///
    /// # Errors
    ///
    /// `ENXIO` if the device has not so many; `ENODEV`.
    pub fn find_endpoint<T: UsbTransfer, D: UsbDirection>(
        &self,
        number: u32,
    ) -> Result<UsbEndpoint<T, D>> {
        let usb = self.0.get()?;
        let mut found = MaybeUninit::uninit();
        // SAFETY: The interface lives during this call (`Pointer`'s invariant), and the other is a variable.
        let error =
            unsafe { bindings::kmod_usb_find(usb, T::NUMBER, D::BIT, number, found.as_mut_ptr()) };
        to_result(error)?;
        // SAFETY: It was found, and written as a whole.
        Ok(UsbEndpoint::new(unsafe { found.assume_init() }))
    }

    /// Asks for something, and gives the part of `to` that was filled, which may be less than all:
    /// `usb_control_msg()`, or `usb_control_msg_recv()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](UsbInterface#errors); `EINVAL` for 64 KiB or more.
    pub fn control_in<'b>(
        &self,
        request: &UsbRequest,
        to: &'b mut [u8],
        timeout: Duration,
    ) -> Result<&'b [u8]> {
        let usb = self.0.get()?;
        let (start, size) = (to.as_mut_ptr(), to.len().try_into()?);
        let timeout = within(timeout);
        // SAFETY: The interface lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done = unsafe { bindings::kmod_usb_control_in(usb, &request.0, start, size, timeout) };
        filled(done, to)
    }

    /// Tells something, with bytes or without, and says how many went over: `usb_control_msg()`, or
    /// `usb_control_msg_send()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](UsbInterface#errors); `EINVAL` for 64 KiB or more.
    pub fn control_out(
        &self,
        request: &UsbRequest,
        from: &[u8],
        timeout: Duration,
    ) -> Result<usize> {
        let usb = self.0.get()?;
        let (start, size) = (from.as_ptr(), from.len().try_into()?);
        let timeout = within(timeout);
        // SAFETY: The interface lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done = unsafe { bindings::kmod_usb_control_out(usb, &request.0, start, size, timeout) };
        went(done, from.len())
    }

    /// Takes what the device sends by an endpoint, and gives the part of `to` that was filled: a short packet ends
    /// it. `usb_bulk_msg()`, `usb_interrupt_msg()`.
    ///
    /// If the time is over, what has come is lost.
    ///
    /// # Errors
    ///
    /// Those of [the type](UsbInterface#errors); `ENXIO` for an endpoint of another device that this one lacks.
    pub fn read<'b, T: UsbTransfer>(
        &self,
        endpoint: &UsbEndpoint<T, In>,
        to: &'b mut [u8],
        timeout: Duration,
    ) -> Result<&'b [u8]> {
        let usb = self.0.get()?;
        let (start, size) = (to.as_mut_ptr(), to.len().try_into()?);
        let (address, timeout) = (endpoint.address().into(), within(timeout));
        // SAFETY: The interface lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done =
            unsafe { bindings::kmod_usb_read(usb, T::NUMBER, address, start, size, timeout) };
        filled(done, to)
    }

    /// Sends the device something by an endpoint, and says how many bytes went: `usb_bulk_msg()`,
    /// `usb_interrupt_msg()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](UsbInterface#errors); `ENXIO` for an endpoint of another device that this one lacks.
    pub fn write<T: UsbTransfer>(
        &self,
        endpoint: &UsbEndpoint<T, Out>,
        from: &[u8],
        timeout: Duration,
    ) -> Result<usize> {
        let usb = self.0.get()?;
        let (start, size) = (from.as_ptr(), from.len().try_into()?);
        let (address, timeout) = (endpoint.address().into(), within(timeout));
        // SAFETY: The interface lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done =
            unsafe { bindings::kmod_usb_write(usb, T::NUMBER, address, start, size, timeout) };
        went(done, from.len())
    }

    /// Has an endpoint work again that the device has stalled: `usb_clear_halt()`, which takes five seconds at the
    /// most.
    ///
    /// # Errors
    ///
    /// Those of [the type](UsbInterface#errors); `ENXIO` for an endpoint of another device that this one lacks.
    pub fn clear_halt<T: UsbTransfer, D: UsbDirection>(
        &self,
        endpoint: &UsbEndpoint<T, D>,
    ) -> Result {
        let usb = self.0.get()?;
        let address = endpoint.address().into();
        // SAFETY: The interface lives during this call (`Pointer`'s invariant).
        to_result(unsafe { bindings::kmod_usb_clear_halt(usb, T::NUMBER, address) }).map(drop)
    }

    /// The string of this number, as [`descriptor`](Self::descriptor) has some, in the device's first language:
    /// `usb_string()`. As much as `to` takes, but for a byte.
    ///
    /// # Errors
    ///
    /// Those of [the type](UsbInterface#errors); `EINVAL` for the number 0, or if `to` is empty; `EILSEQ` for
    /// what is no text; others if the device has no such string.
    pub fn string<'b>(&self, number: u8, to: &'b mut [u8]) -> Result<&'b str> {
        let usb = self.0.get()?;
        let size = to.len().try_into()?;
        // SAFETY: The interface lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done =
            unsafe { bindings::kmod_usb_string(usb, number.into(), to.as_mut_ptr().cast(), size) };
        core::str::from_utf8(filled(done, to)?).map_err(|_| EILSEQ)
    }
}
