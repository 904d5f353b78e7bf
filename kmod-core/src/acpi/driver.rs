// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, and what the kernel calls.

use core::ffi::{CStr, c_int, c_ulong};
use core::mem;
use core::ptr;

use kmod_bindings::{
    self as bindings, acpi_device_id, kmod_driver_calls, kmod_platform_driver, kmod_platform_ids,
};

use super::AcpiHandle;
use crate::bus::{Bus, BusDevice, driver_trait};

/// The platform bus, as far as ACPI tells of it.
pub struct Acpi;

/// A row of a table of ids, as C has it.
#[repr(transparent)]
pub struct AcpiId(acpi_device_id);

impl AcpiId {
    /// What ends a table.
    // SAFETY: It is made of integers.
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The devices of this id, which has 7 or 8 bytes. `data` is what the driver gets.
    pub const fn new(name: &str, data: c_ulong) -> Self {
        let mut id = Self::END.0;
        let name = name.as_bytes();
        assert!(matches!(name.len(), 7 | 8), "an ACPI id has 7 or 8 bytes");
        let mut at = 0;
        while at < name.len() {
            id.id[at] = name[at];
            at += 1;
        }
        id.driver_data = data;
        Self(id)
    }

    /// Whether it ends a table.
    pub(crate) const fn is_end(&self) -> bool {
        self.0.id[0] == 0 && self.0.cls == 0
    }
}

// SAFETY: `platform_driver_unregister()` unbinds all devices, and waits for that; `probe` of C looks the row
// up in the table, by the device's ids.
unsafe impl Bus for Acpi {
    type Driver = kmod_platform_driver;
    type Row = AcpiId;
    type Handle = AcpiHandle;

    fn is_end(row: &AcpiId) -> bool {
        row.is_end()
    }

    unsafe fn register(
        driver: *mut kmod_platform_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [AcpiId],
    ) -> c_int {
        let ids = kmod_platform_ids {
            names: ptr::null(),
            acpi: ids.as_ptr().cast::<acpi_device_id>(),
            of: ptr::null(),
            // It may have been given to the driver by hand.
            others: false,
        };
        // SAFETY: `register`'s contract is that of the C function, which copies what says where the ids are.
        unsafe {
            bindings::kmod_platform_driver_register(driver, calls, name.as_ptr(), &raw const ids)
        }
    }

    unsafe fn unregister(driver: *mut kmod_platform_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_platform_driver_unregister(driver) };
    }
}

/// What `probe` knows of a device: its name, its id, and the [`AcpiHandle`] by which it is used.
pub type AcpiDevice<'a, D> = BusDevice<'a, Acpi, D>;

driver_trait! {
    /// What a driver does with the devices that it is bound to, in process context.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not a driver for what ACPI tells of",
        label = "a field under `#[acpi_driver]` is of a type that is one",
        note = "write `#[handlers] impl AcpiDriver for {Self} {{ … }}`"
    )]
    trait AcpiDriver for Acpi, AcpiDevice;

    /// Makes the struct of a device that the driver is being bound to.
    fn probe;

    /// What `ids` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;
}
