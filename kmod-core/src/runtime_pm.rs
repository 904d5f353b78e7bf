// SPDX-License-Identifier: GPL-2.0-only
//! Runtime power management: a device that nobody uses is suspended, and is resumed for who uses it.
//!
//! ```
//! use kmod_core::prelude::*;
//! # #[kernel_module(name = "m", license = "GPL")]
//! # #[derive(Default)]
//! # struct Module {
//! #     #[pci_driver(ids = [(0x1234, 0x11e8)])]
//! #     cards: Driver,
//! # }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PciDriver for Driver {
//!     type Device = Card;
//!
//!     fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
//!         Ok(Card::default())
//!     }
//!
//!     fn runtime_suspend(&self, card: &Card) -> Result {
//!         card.is_on.store(0, Ordering::Relaxed);
//!         Ok(())
//!     }
//!
//!     fn runtime_resume(&self, card: &Card) -> Result {
//!         card.is_on.store(1, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Card {
//!     /// Suspended when nobody has used it for half a second.
//!     #[runtime_pm(autosuspend = 500)]
//!     power: RuntimePm,
//!     is_on: AtomicU32,
//! }
//!
//! impl Card {
//!     fn work(&self) -> Result {
//!         let _on = self.power.get()?;
//!         // The device is on until here.
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::c_int;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicU32, Ordering};

use kmod_bindings::{self as bindings, device};

use crate::bus::Pointer;
use crate::error::code::{EDEADLK, ENODEV, EOVERFLOW};
use crate::error::{Result, to_result};
use crate::instance::{At, Bound, Field, Object};
use sealed::Sealed;

/// The most guards at a time: who has more has forgotten them.
const GUARDS_MAX: u32 = 1 << 16;

/// A device's runtime power management: a field under [`#[runtime_pm]`](macro@crate::runtime_pm) of its struct.
///
/// On USB, where it is the interface's (`usb_autopm_get_interface()`), a driver without `runtime_suspend` and
/// `runtime_resume` is not bound to a device with this: `EOPNOTSUPP`.
pub struct RuntimePm {
    bound: Pointer<Bound>,
    /// How many guards there are, those included that were forgotten.
    guards: AtomicU32,
}

impl Default for RuntimePm {
    fn default() -> Self {
        Self::new()
    }
}

impl RuntimePm {
    /// Of no device.
    pub const fn new() -> Self {
        Self {
            bound: Pointer::none(),
            guards: AtomicU32::new(0),
        }
    }

    /// Resumes the device if it is suspended, and keeps it on as long as the guard is there. May sleep:
    /// `pm_runtime_resume_and_get()`.
    ///
    /// # Errors
    ///
    /// What `runtime_resume` returned; on some kernels `EINVAL` once it has failed, or `runtime_suspend` has;
    /// `EACCES` if the system sleeps or the device is being taken away; `EDEADLK` in those handlers themselves; `EOVERFLOW` for
    /// more than 65,536 guards; `ENODEV` if the device is not bound.
    pub fn get(&self) -> Result<RuntimePmGuard<'_>> {
        let bound = self.bound.get()?;
        // SAFETY: It lives during this call (`Pointer`'s invariant).
        let bound = unsafe { &*bound };
        if bound.is_changing_power() {
            return Err(EDEADLK);
        }
        let guard = RuntimePmGuard {
            power: self,
            device: bound.parent,
        };
        if self.guards.fetch_add(1, Ordering::Relaxed) >= GUARDS_MAX {
            guard.give_back();
            return Err(EOVERFLOW);
        }
        // SAFETY: The kernel's device lives during this call (`Bound`'s invariant).
        if let Err(error) = to_result(unsafe { bindings::kmod_runtime_pm_get(bound.parent) }) {
            guard.give_back();
            return Err(error);
        }
        Ok(guard)
    }
}

/// The device is on. It stays on for a while after the guard has gone, as the attribute's `autosuspend` says.
///
/// A guard that is forgotten keeps the device on until its driver is unbound.
///
/// # Invariants
///
/// `device` lives as long as the value, which is borrowed from its device's struct by code that runs inside
/// that.
#[must_use = "the device may be suspended as soon as the guard is dropped"]
pub struct RuntimePmGuard<'a> {
    power: &'a RuntimePm,
    device: *mut device,
}

impl RuntimePmGuard<'_> {
    /// There is none after all.
    fn give_back(self) {
        self.power.guards.fetch_sub(1, Ordering::Relaxed);
        core::mem::forget(self);
    }
}

impl Drop for RuntimePmGuard<'_> {
    fn drop(&mut self) {
        self.power.guards.fetch_sub(1, Ordering::Relaxed);
        // SAFETY: It lives (invariant), and the reference is the guard's.
        unsafe { bindings::kmod_runtime_pm_put(self.device) };
    }
}

/// Sealed.
mod sealed {
    pub trait Sealed {
        fn itself(&self) -> &super::RuntimePm;
    }
}

impl sealed::Sealed for RuntimePm {
    fn itself(&self) -> &Self {
        self
    }
}

/// The type of a field under `#[runtime_pm]`: [`RuntimePm`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no runtime power management",
    label = "the attribute of this field does not fit its type",
    note = "a field under `#[runtime_pm]` is a `RuntimePm`"
)]
pub trait IsRuntimePm: sealed::Sealed {}

impl IsRuntimePm for RuntimePm {}

/// A field under `#[runtime_pm]`.
///
/// # Safety
///
/// All fields of its instance that are objects with callbacks come after it.
pub unsafe trait RuntimePmField: Field<Type: IsRuntimePm> {
    /// After how many milliseconds without use the device is suspended.
    const AUTOSUSPEND: c_int = 0;
}

/// The object of a field under `#[runtime_pm]`.
pub struct RuntimePmObject<F>(PhantomData<fn() -> F>);

impl<F: RuntimePmField> RuntimePmObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: It has no callbacks: those of the device's power are the driver's.
unsafe impl<F: RuntimePmField> Object for RuntimePmObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let bound = at.bound.ok_or(ENODEV)?;
        // SAFETY: What an instance is bound to is there while it is placed.
        let device = unsafe { bound.as_ref() }.parent;
        // SAFETY: The device lives, and its driver is being bound to it, by which it was not begun before: a
        // struct has one such field, as `#[runtime_pm]` holds.
        to_result(unsafe { bindings::kmod_runtime_pm_begin(device, F::AUTOSUSPEND) })?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let power = unsafe { at.value::<F>() }.itself();
        // SAFETY: It lives as long as the instance is placed. What is called by the value is called by code
        // inside the instance, of which the sections are drained before `unregister`, and by callbacks of
        // objects that were registered after it (`RuntimePmField`'s contract), which are not any more.
        unsafe { power.bound.set(bound.as_ptr()) }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let power = unsafe { at.value::<F>() }.itself();
        let Ok(bound) = power.bound.get() else {
            return;
        };
        power.bound.clear();
        let forgotten = power.guards.swap(0, Ordering::Relaxed);
        // SAFETY: What it is bound to lives while the instance is placed.
        let device = unsafe { &*bound }.parent;
        // SAFETY: `register` has begun it. Nothing runs any more that has a guard (as there); those that are
        // counted were forgotten.
        unsafe { bindings::kmod_runtime_pm_end(device, forgotten) };
    }
}
