// SPDX-License-Identifier: GPL-2.0-only
//! Backlights of displays: the kernel's `struct backlight_device`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Lights a display
//! #[kernel_module(name = "panel", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     /// /sys/class/backlight/panel
//!     #[backlight(max_brightness = 15, brightness = 7, kind = platform)]
//!     panel: Backlight<Panel>,
//! }
//!
//! #[derive(Default)]
//! struct Panel(AtomicU32);
//!
//! #[handlers]
//! impl BacklightOps for Panel {
//!     fn update_status(&self, _backlight: &BacklightCall<'_, Self>, brightness: u32) -> Result {
//!         self.0.store(brightness, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{c_int, c_uint, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_backlight, kmod_backlight_ops, kmod_backlight_plan};

use super::{ClassDevice, Held, call, entered, number_to_int, to_int};
use crate::chrdev::NodeName;
use crate::error::code::ENODEV;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a backlight does, in process context, one call after the other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a backlight does",
    label = "a backlight's handler says so",
    note = "write `#[handlers] impl BacklightOps for {Self} {{ fn update_status(…) -> Result {{ … }} }}`"
)]
pub trait BacklightOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the backlight is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: BacklightHandlers;

    /// Sets the brightness, from 0 to `max_brightness`; 0, too, while the display is off (`bl_power`), or
    /// suspended.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn update_status(&self, backlight: &BacklightCall<'_, Self>, brightness: u32) -> Result;

    /// What the brightness is, for `actual_brightness`. Without it that is what was set last.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn get_brightness(&self, backlight: &BacklightCall<'_, Self>) -> Result<u32> {
        let _ = backlight;
        Err(ENODEV)
    }
}

/// Which handlers of [`BacklightOps`] are there.
#[doc(hidden)]
pub struct BacklightHandlers {
    pub get_brightness: bool,
}

impl BacklightHandlers {
    /// What must be there.
    pub const NONE: Self = Self {
        get_brightness: false,
    };
}

call! {
    /// What a backlight's handlers may reach.
    BacklightCall of BacklightOps
}

/// A backlight with its handler: a field under `#[backlight]`.
pub struct Backlight<H> {
    backlight: Held<kmod_backlight>,
    handler: H,
}

impl<H> Backlight<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            backlight: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Backlight<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[backlight]` says of a field.
pub trait BacklightField: Field {
    /// Its name in `/sys/class/backlight`.
    const NAME: NodeName;
    /// The largest brightness.
    const MAX_BRIGHTNESS: u32;
    /// The brightness at first.
    const BRIGHTNESS: u32;
    /// What sets it, of which user space prefers one.
    const KIND: u32 = backlight_kind("raw");
}

/// The kind of this name, of those that `#[backlight(kind = …)]` takes.
pub const fn backlight_kind(name: &str) -> u32 {
    match name.as_bytes() {
        b"firmware" => bindings::KMOD_BACKLIGHT_FIRMWARE,
        b"platform" => bindings::KMOD_BACKLIGHT_PLATFORM,
        _ => bindings::KMOD_BACKLIGHT_RAW,
    }
}

// SAFETY: `kmod_backlight_end()` is `backlight_device_unregister()`, which takes the functions from the
// backlight with the lock that is held around them, and its files away.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Backlight<H>
where
    H: BacklightOps,
    F: BacklightField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        let plan = kmod_backlight_plan {
            name: super::name(const { &F::NAME }, at),
            max_brightness: F::MAX_BRIGHTNESS,
            brightness: F::BRIGHTNESS,
            type_: F::KIND,
        };
        let parent = at.parent().unwrap_or(ptr::null_mut());
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const {
            &kmod_backlight_ops {
                update_status: Some(update_status::<H, F>),
                get_brightness: if H::HANDLERS.get_brightness {
                    Some(get_brightness::<H, F>)
                } else {
                    None
                },
            }
        };
        // SAFETY: The name and the functions are static, and the functions are for this field; the value stays
        // until it was unregistered (`register`'s contract).
        let made = unsafe { bindings::kmod_backlight_make(parent, &plan, ops, data) };
        self.backlight.put(from_err_ptr(made)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(backlight) = self.backlight.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_backlight_end(backlight.as_ptr()) };
        }
    }
}

/// # Safety
///
/// The kernel calls it with the data that the backlight was registered with, in process context.
unsafe extern "C" fn update_status<H, F>(data: *mut c_void, brightness: c_uint) -> c_int
where
    H: BacklightOps,
    F: Field<Type = Backlight<H>, Instance: Belongs<H::Instance>>,
{
    let update = |backlight: &Backlight<H>, instance: &F::Instance| {
        let call = BacklightCall::new(instance);
        backlight.handler.update_status(&call, brightness)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, update) })
}

/// # Safety
///
/// As [`update_status`].
unsafe extern "C" fn get_brightness<H, F>(data: *mut c_void) -> c_int
where
    H: BacklightOps,
    F: Field<Type = Backlight<H>, Instance: Belongs<H::Instance>>,
{
    let get = |backlight: &Backlight<H>, instance: &F::Instance| {
        backlight
            .handler
            .get_brightness(&BacklightCall::new(instance))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    number_to_int(unsafe { entered::<F, _>(data, get) })
}
