// SPDX-License-Identifier: GPL-2.0-only
//! The configuration space of a device.

use core::ffi::c_uint;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, pci_dev};

use crate::bus::{Handle, Pointer};
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};

/// Sealed.
mod sealed {
    pub trait Sealed {}
}

/// What the configuration space is read and written by: `u8`, `u16` and `u32`.
pub trait ConfigWord: Copy + sealed::Sealed {
    #[doc(hidden)]
    const BYTES: u16;

    #[doc(hidden)]
    fn from_u32(value: u32) -> Self;

    #[doc(hidden)]
    fn into_u32(self) -> u32;
}

macro_rules! words {
    ($($word:ident: $bytes:literal)*) => {$(
        impl sealed::Sealed for $word {}

        impl ConfigWord for $word {
            const BYTES: u16 = $bytes;

            fn from_u32(value: u32) -> Self {
                // The kernel gives no more bits than were asked for.
                value as $word
            }

            fn into_u32(self) -> u32 {
                self.into()
            }
        }
    )*};
}

words! { u8: 1 u16: 2 u32: 4 }

/// Whether a word lies in a space of so many bytes.
fn is_inside(at: u16, bytes: u16, size: i32) -> bool {
    at.is_multiple_of(bytes) && i32::from(at) + i32::from(bytes) <= size
}

/// Whether the kernel can be asked for a word there.
///
/// # Safety
///
/// The device lives.
unsafe fn check<T: ConfigWord>(device: *mut pci_dev, at: u16) -> Result {
    // SAFETY: The device lives (this function's contract).
    let size = unsafe { bindings::kmod_pci_config_size(device) };
    if is_inside(at, T::BYTES, size) {
        Ok(())
    } else {
        Err(EINVAL)
    }
}

/// Reads a word.
///
/// # Safety
///
/// The device lives during the call, and what its bus is read by is there.
pub(super) unsafe fn read<T: ConfigWord>(device: *mut pci_dev, at: u16) -> Result<T> {
    // SAFETY: The device lives (this function's contract).
    unsafe { check::<T>(device, at) }?;
    let (at, bytes) = (c_uint::from(at), c_uint::from(T::BYTES));
    let mut value = 0;
    // SAFETY: The device lives and can be read (this function's contract), and the word is in its space.
    let read = unsafe { bindings::kmod_pci_config_read(device, at, bytes, &raw mut value) };
    to_result(read)?;
    Ok(T::from_u32(value))
}

/// The configuration space of a device: a field under [`#[bus]`](macro@crate::bus). `probe` has it, too:
/// [`PciDevice`](super::PciDevice). No call sleeps, but for that of a reset.
pub struct PciConfig(Pointer<pci_dev>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for PciConfig {
    fn closed() -> Self {
        Self::new()
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let device = unsafe { bindings::kmod_pci_of(device.as_ptr()) };
        // SAFETY: It is around the device, and lives as long.
        unsafe { self.0.set(device) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for PciConfig {
    fn default() -> Self {
        Self::new()
    }
}

impl PciConfig {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// The device, as long as the call runs in which this is asked.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub(super) fn as_ptr(&self) -> Result<*mut pci_dev> {
        self.0.get()
    }

    /// Reads a `u8`, `u16` or `u32`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is not aligned, or not all of it is there (the space has 256 bytes, or 4,096);
    /// `ENODEV` if the device is not there any more, or not bound.
    pub fn read_config<T: ConfigWord>(&self, at: u16) -> Result<T> {
        let device = self.as_ptr()?;
        // SAFETY: The device lives during this call (`Pointer`'s invariant), bound to its driver, on its bus.
        unsafe { read(device, at) }
    }

    /// Writes it, where the kernel leaves that to drivers.
    ///
    /// # Errors
    ///
    /// As [`read_config`](Self::read_config); `EPERM` for what the kernel itself sets: the header, the
    /// extended space, and the capabilities for power, interrupts, PCI-X and PCI Express and others.
    pub fn write_config<T: ConfigWord>(&self, at: u16, value: T) -> Result {
        let device = self.as_ptr()?;
        // SAFETY: The device lives during this call (`Pointer`'s invariant).
        unsafe { check::<T>(device, at) }?;
        let (at, bytes) = (c_uint::from(at), c_uint::from(T::BYTES));
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and the word is in its space.
        let written =
            unsafe { bindings::kmod_pci_config_write(device, at, bytes, value.into_u32()) };
        to_result(written).map(drop)
    }

    /// Resets the device's function, and nothing else: `pci_try_reset_function()`. Its registers are as after power-on
    /// then, and its configuration space as before. It sleeps, for 10 ms to some seconds,
    /// or a minute if the card does not come back.
    ///
    /// The driver's [`reset_prepare`](super::PciDriver::reset_prepare) and [`reset_done`](super::PciDriver::reset_done) are
    /// called within it: what they lock, the caller does not hold. Between them registers read as all ones, as those
    /// of a card that was pulled out, what is written goes nowhere, and the device neither interrupts nor moves memory.
    ///
    /// Nobody waits here for who has the device's lock: the driver core, which binds, unbinds, suspends or resumes the
    /// device, or another reset. So it is never done in `remove`, `shutdown`, `suspend`, `resume`, `reset_prepare` or
    /// `reset_done`. In `probe`, there is [`reset_function`](super::PciDevice::reset_function).
    ///
    /// # Errors
    ///
    /// `EAGAIN` if somebody has the device's lock; `ENOTTY` if it cannot be reset alone, or did not come back in time;
    /// `ENODEV` if the device is not there any more, or not bound.
    pub fn try_reset_function(&self) -> Result {
        let device = self.as_ptr()?;
        // SAFETY: The device lives during this call (`Pointer`'s invariant). It waits for no lock.
        to_result(unsafe { bindings::kmod_pci_try_reset_function(device) }).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_aligned_and_inside() {
        assert!(is_inside(0, 4, 256) && is_inside(252, 4, 256) && is_inside(255, 1, 256));
        assert!(!is_inside(256, 1, 256) && !is_inside(254, 4, 256) && !is_inside(2, 4, 256));
        assert!(!is_inside(u16::MAX, 1, 4096) && !is_inside(0, 1, 0));
    }
}
