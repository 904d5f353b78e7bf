// SPDX-License-Identifier: GPL-2.0-only
//! Where a message goes to that is more than a line of `printk`: a place that can be switched on, a device.

use core::marker::PhantomData;
use core::ptr;

use kmod_bindings::device;

use super::Place;

/// What the log can name a message after: what `probe` knows of a device.
///
/// # Safety
///
/// The device lives as long as the value, or there is none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no device",
    label = "`dev_info!` and its kin log in the name of a device",
    note = "a device is what `probe` is given: `PciDevice`, `PlatformDevice`, `I2cDevice`, `SpiDevice`, `HidDevice`, `UsbDevice`, `WmiDevice`, `AcpiDevice`"
)]
pub unsafe trait HasDevice {
    /// The kernel's device.
    #[doc(hidden)]
    fn device(&self) -> *const device;
}

// SAFETY: As `T`, which lives as long as the reference.
unsafe impl<T: HasDevice + ?Sized> HasDevice for &T {
    fn device(&self) -> *const device {
        (**self).device()
    }
}

/// Where a message goes to.
///
/// # Invariants
///
/// The device is null, or lives during `'a`. If it is, there is a place, or the message goes to `printk`
/// alone, now or later.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    pub(super) place: Option<&'static Place>,
    pub(super) device: *const device,
    /// Whether it goes to the log, later. It is known where a message is made, so that only a module which
    /// defers one holds what that takes.
    pub(super) later: bool,
    lives: PhantomData<&'a ()>,
}

impl<'a> Target<'a> {
    /// The log.
    pub const LOG: Self = Self {
        place: None,
        device: ptr::null(),
        later: false,
        lives: PhantomData,
    };

    /// The log, later.
    pub(super) const LATER: Self = Self {
        later: true,
        ..Self::LOG
    };

    /// A device's.
    #[inline(always)]
    pub fn of(device: &'a impl HasDevice) -> Self {
        // INVARIANT: It lives as long as the value (`HasDevice`'s contract).
        Self {
            device: device.device(),
            ..Self::LOG
        }
    }

    /// The same, of a place that is on, if it is of one.
    #[inline(always)]
    pub fn at(self, place: Option<&'static Place>) -> Self {
        Self { place, ..self }
    }

    /// The same, now.
    #[inline(always)]
    pub(super) fn now(self) -> Self {
        Self {
            later: false,
            ..self
        }
    }

    /// Whether it is `printk`'s alone.
    #[inline(always)]
    pub(super) fn is_log(self) -> bool {
        self.place.is_none() && self.device.is_null()
    }
}
