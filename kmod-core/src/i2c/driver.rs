// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, and what the kernel calls.

use core::ffi::{CStr, c_char, c_int, c_ulong};
use core::mem;

use kmod_bindings::{self as bindings, i2c_device_id, kmod_driver_calls, kmod_i2c_driver};

use super::I2cClient;
use crate::bus::{Bus, BusDevice, Driver, DriverHandlers};
use crate::error::Result;
use crate::instance::{Device, ModuleState};
use crate::sync::Shared;

/// The bus.
pub struct I2c;

/// A row of a table of ids, as C has it.
#[repr(transparent)]
pub struct I2cId(i2c_device_id);

impl I2cId {
    /// What ends a table.
    // SAFETY: It is made of integers.
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The devices of this name, which is not empty and has less than 20 bytes. `data` is what the driver
    /// gets.
    pub const fn new(name: &str, data: c_ulong) -> Self {
        let mut id = Self::END.0;
        let name = name.as_bytes();
        assert!(
            !name.is_empty() && name.len() < id.name.len(),
            "a name of an I2C device has 1 to 19 bytes"
        );
        let mut at = 0;
        while at < name.len() {
            id.name[at] = name[at] as c_char;
            at += 1;
        }
        id.driver_data = data;
        Self(id)
    }
}

// SAFETY: `i2c_del_driver()` unbinds all devices, and waits for that; `probe` of C looks the row up in the
// table, by the device's name.
unsafe impl Bus for I2c {
    type Driver = kmod_i2c_driver;
    type Row = I2cId;
    type Handle = I2cClient;

    fn is_end(row: &I2cId) -> bool {
        row.0.name[0] == 0
    }

    unsafe fn register(
        driver: *mut kmod_i2c_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [I2cId],
    ) -> c_int {
        let ids = ids.as_ptr().cast::<i2c_device_id>();
        // SAFETY: `register`'s contract is that of the C function.
        unsafe { bindings::kmod_i2c_driver_register(driver, calls, name.as_ptr(), ids) }
    }

    unsafe fn unregister(driver: *mut kmod_i2c_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_i2c_driver_unregister(driver) };
    }
}

/// What `probe` knows of a device: its name, its id, and the [`I2cClient`] by which it is used.
pub type I2cDevice<'a, D> = BusDevice<'a, I2c, D>;

/// What a driver does with the devices that it is bound to, in process context.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an I2C driver",
    label = "a field under `#[i2c_driver]` is of a type that is one",
    note = "write `#[handlers] impl I2cDriver for {Self} {{ … }}`"
)]
pub trait I2cDriver: Sized + Shared {
    /// The module whose state the driver uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of a device, under [`#[device]`](macro@crate::device).
    type Device: Device;

    /// What `ids` say of each name, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id: Sync + 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: DriverHandlers;

    /// Makes the struct of a device that the driver is being bound to. None of its objects is registered
    /// yet; they are, in field order, once this returns.
    ///
    /// # Errors
    ///
    /// Any: the driver is not bound then. `ENODEV` and `ENXIO` say that the device is none for this
    /// driver; `EPROBE_DEFER` has it called once more, later. Others the kernel logs.
    fn probe(&self, device: &I2cDevice<'_, Self>) -> Result<Self::Device>;

    /// The device is being taken away: nothing else of it runs any more, and nothing will; its objects
    /// are still registered.
    fn remove(&self, device: &Self::Device) {
        let _ = device;
    }

    /// The machine is being shut down or rebooted. The device stays as it is, and its handlers run on.
    fn shutdown(&self, device: &Self::Device) {
        let _ = device;
    }
}

#[diagnostic::do_not_recommend]
impl<D: I2cDriver> Driver<I2c> for D {
    type Module = <D as I2cDriver>::Module;
    type Device = <D as I2cDriver>::Device;
    type Id = <D as I2cDriver>::Id;
    const HANDLERS: DriverHandlers = <D as I2cDriver>::HANDLERS;

    fn probe(&self, device: &I2cDevice<'_, Self>) -> Result<Self::Device> {
        I2cDriver::probe(self, device)
    }

    fn remove(&self, device: &Self::Device) {
        I2cDriver::remove(self, device);
    }

    fn shutdown(&self, device: &Self::Device) {
        I2cDriver::shutdown(self, device);
    }
}
