// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, and what the kernel calls.

use core::ffi::{CStr, c_int, c_ulong};
use core::mem;

use kmod_bindings::{self as bindings, kmod_driver_calls, kmod_spi_driver, spi_device_id};

use super::SpiHandle;
use crate::bus::names::put;
use crate::bus::{Bus, BusDevice, driver_trait};

/// The bus.
pub struct Spi;

/// A row of a table of ids, as C has it.
#[repr(transparent)]
pub struct SpiId(spi_device_id);

impl SpiId {
    /// What ends a table.
    // SAFETY: It is made of integers.
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The devices of this name, which is not empty and has less than 32 bytes. `data` is what the driver
    /// gets.
    pub const fn new(name: &str, data: c_ulong) -> Self {
        let mut id = Self::END.0;
        put(&mut id.name, name);
        id.driver_data = data;
        Self(id)
    }
}

// SAFETY: `spi_unregister_driver()` unbinds all devices, and waits for that; `probe` of C looks the row up in the
// table, by the device's name.
unsafe impl Bus for Spi {
    type Driver = kmod_spi_driver;
    type Row = SpiId;
    type Handle = SpiHandle;

    fn is_end(row: &SpiId) -> bool {
        row.0.name[0] == 0
    }

    unsafe fn register(
        driver: *mut kmod_spi_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [SpiId],
    ) -> c_int {
        let ids = ids.as_ptr().cast::<spi_device_id>();
        // SAFETY: `register`'s contract is that of the C function.
        unsafe { bindings::kmod_spi_driver_register(driver, calls, name.as_ptr(), ids) }
    }

    unsafe fn unregister(driver: *mut kmod_spi_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_spi_driver_unregister(driver) };
    }
}

/// What `probe` knows of a device: its name, its id, and the [`SpiHandle`] by which it is used.
pub type SpiDevice<'a, D> = BusDevice<'a, Spi, D>;

driver_trait! {
    /// What a driver does with the devices that it is bound to, in process context.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not an SPI driver",
        label = "a field under `#[spi_driver]` is of a type that is one",
        note = "write `#[handlers] impl SpiDriver for {Self} {{ … }}`"
    )]
    trait SpiDriver for Spi, SpiDevice;

    /// Makes the struct of a device that the driver is being bound to.
    fn probe;

    /// What `ids` say of each name, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;
}
