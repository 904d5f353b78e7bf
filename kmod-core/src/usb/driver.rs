// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, and what the kernel calls.

use core::ffi::{CStr, c_int, c_ulong};
use core::mem;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, kmod_driver_calls, kmod_usb_driver, usb_device_id};

use super::UsbInterface;
use crate::bus::{Bus, BusDevice, driver_trait};

/// The bus.
pub struct Usb;

/// A row of a table of ids, as C has it.
#[repr(transparent)]
pub struct UsbId(usb_device_id);

impl UsbId {
    /// What ends a table.
    // SAFETY: It is made of integers.
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The interfaces of these numbers, none for any: of the device's vendor and product, the interface's class,
    /// subclass and protocol, and its own number. There is a vendor or a class, which is not 0. `data` is what
    /// the driver gets.
    pub const fn new(numbers: [Option<u16>; 6], data: c_ulong) -> Self {
        /// The number, and the bit that says that it counts.
        const fn field(number: Option<u16>, bit: u32) -> (u16, u16) {
            match number {
                Some(number) => (number, bit as u16),
                None => (0, 0),
            }
        }
        let [vendor, product, class, subclass, protocol, number] = numbers;
        let vendor = field(vendor, bindings::KMOD_USB_MATCH_VENDOR);
        let product = field(product, bindings::KMOD_USB_MATCH_PRODUCT);
        let class = field(class, bindings::KMOD_USB_MATCH_CLASS);
        let subclass = field(subclass, bindings::KMOD_USB_MATCH_SUBCLASS);
        let protocol = field(protocol, bindings::KMOD_USB_MATCH_PROTOCOL);
        let number = field(number, bindings::KMOD_USB_MATCH_NUMBER);
        let mut id = Self::END.0;
        id.match_flags = vendor.1 | product.1 | class.1 | subclass.1 | protocol.1 | number.1;
        (id.idVendor, id.idProduct) = (vendor.0, product.0);
        id.bInterfaceClass = class.0 as u8;
        id.bInterfaceSubClass = subclass.0 as u8;
        id.bInterfaceProtocol = protocol.0 as u8;
        id.bInterfaceNumber = number.0 as u8;
        id.driver_info = data;
        Self(id)
    }
}

// SAFETY: `usb_deregister()` unbinds all devices, and waits for that; `probe` of C is given the row that was
// found, or one that was made of what was written to `new_id`, whose number the driver checks. `remove`, `probe`,
// `suspend` and `resume` have the device's lock, or keep it from being unbound: while that is done, a device is
// kept on.
unsafe impl Bus for Usb {
    type Driver = kmod_usb_driver;
    type Row = UsbId;
    type Handle = UsbInterface;

    fn is_end(row: &UsbId) -> bool {
        // As `usb_match_id()` sees it.
        let id = &row.0;
        id.idVendor == 0
            && id.idProduct == 0
            && id.bDeviceClass == 0
            && id.bInterfaceClass == 0
            && id.driver_info == 0
    }

    unsafe fn register(
        driver: *mut kmod_usb_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [UsbId],
    ) -> c_int {
        let ids = ids.as_ptr().cast::<usb_device_id>();
        // SAFETY: `register`'s contract is that of the C function.
        unsafe { bindings::kmod_usb_driver_register(driver, calls, name.as_ptr(), ids) }
    }

    unsafe fn unregister(driver: *mut kmod_usb_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_usb_driver_unregister(driver) };
    }

    unsafe fn quiet(device: NonNull<device>) {
        // SAFETY: The device lives (this function's contract).
        unsafe { bindings::kmod_usb_admit(device.as_ptr()) };
    }
}

/// What `probe` knows of an interface: its name, its id, and the [`UsbInterface`] by which it is used.
pub type UsbDevice<'a, D> = BusDevice<'a, Usb, D>;

driver_trait! {
    /// What a driver does with the interfaces that it is bound to, in process context.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not a USB driver",
        label = "a field under `#[usb_driver]` is of a type that is one",
        note = "write `#[handlers] impl UsbDriver for {Self} {{ … }}`"
    )]
    trait UsbDriver for Usb, UsbDevice;

    /// Makes the struct of an interface that the driver is being bound to.
    fn probe;

    /// What `ids` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;
}
