// SPDX-License-Identifier: GPL-2.0-only
//! What `probe` knows of the device.

use core::ffi::c_int;
use core::ptr::NonNull;

use kmod_bindings as bindings;

use super::bar::MappedBar;
use super::driver::Pci;
use crate::bus::{BusDevice, Driver};
use crate::error::code::ENODEV;
use crate::error::{Result, to_result};
use crate::io::{Ports, Registers};

/// What `probe` knows of a device: where it is (as in `0000:00:03.0`), its id, and its configuration space, by
/// [`PciConfig`](super::PciConfig). For a device that was given to the driver by hand (`new_id`,
/// `driver_override`), the id is the first if nothing else was said.
pub type PciDevice<'a, D> = BusDevice<'a, Pci, D>;

impl<D: Driver<Pci>> PciDevice<'_, D> {
    /// Maps a BAR while `probe` needs it. The device's own mapping is a field under
    /// [`#[bar]`](macro@crate::bar), which is made when `probe` has returned.
    ///
    /// # Errors
    ///
    /// As [`Bar`](super::Bar); `EINVAL` if there is no BAR of this index.
    pub fn map<R: Registers>(&self, index: u8) -> Result<MappedBar<'_, R>> {
        let device = NonNull::new(self.as_ptr()?).ok_or(ENODEV)?;
        // SAFETY: The device lives as long as the value, which is borrowed (`BusDevice`'s invariant), and is
        // enabled before `probe` is called.
        unsafe { MappedBar::new(device, c_int::from(index)) }
    }

    /// The same of a BAR of I/O ports, as for `Bar<R, Ports>`.
    ///
    /// # Errors
    ///
    /// As [`map`](Self::map).
    pub fn map_ports<R: Registers>(&self, index: u8) -> Result<MappedBar<'_, R, Ports>> {
        let device = NonNull::new(self.as_ptr()?).ok_or(ENODEV)?;
        // SAFETY: The device lives as long as the value, which is borrowed (`BusDevice`'s invariant), and is
        // enabled before `probe` is called.
        unsafe { MappedBar::new(device, c_int::from(index)) }
    }

    /// Resets the device's function, and nothing else, before anything of it is registered:
    /// `pci_reset_function_locked()`. Its registers are as after power-on then, its configuration space as before. What is
    /// [mapped](Self::map) stays so. It sleeps, for 10 ms to some seconds,
    /// or a minute if the card does not come back.
    ///
    /// The driver's `reset_prepare` and `reset_done` are not called: there is no device for them yet.
    ///
    /// # Errors
    ///
    /// `ENOTTY` if it cannot be reset alone, or did not come back in time.
    pub fn reset_function(&self) -> Result {
        let device = self.as_ptr()?;
        // SAFETY: The device lives (`BusDevice`'s invariant), and its lock is held: this is within its `probe`, in the
        // task that runs it, since the value is not `Sync`.
        to_result(unsafe { bindings::kmod_pci_reset_function_locked(device) }).map(drop)
    }
}
