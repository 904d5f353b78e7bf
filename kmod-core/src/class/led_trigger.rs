// SPDX-License-Identifier: GPL-2.0-only
//! What LEDs can show: the kernel's `struct led_trigger`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has LEDs show that it is busy
//! #[kernel_module(name = "busy", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[led_trigger(name = "busy")]
//!     busy: LedTrigger,
//! }
//!
//! impl Module {
//!     fn works(&self, is_busy: bool) {
//!         self.busy.event(if is_busy { LedTrigger::FULL } else { 0 });
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, kmod_led_trigger};

use super::ClassDevice;
use super::led::Blink;
use crate::chrdev::NodeName;
use crate::error::{Result, to_result};
use crate::instance::{At, Field};

/// A trigger: a field under `#[led_trigger]`. An administrator gives it to LEDs, by their file `trigger`; what is
/// said of it, all of these show.
///
/// Its functions may be called anywhere. Before it is registered, once its instance is being taken away, and if no
/// attribute knows it, they do nothing.
///
/// # Invariants
///
/// `trigger` is all zeroes, or was made at the address where it is, as the field of an instance, and then the
/// value is not moved before it was ended.
pub struct LedTrigger {
    trigger: UnsafeCell<MaybeUninit<kmod_led_trigger>>,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl Send for LedTrigger {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl Sync for LedTrigger {}

impl LedTrigger {
    /// As bright as each LED can be: `LED_FULL`.
    pub const FULL: u32 = 255;

    /// Not registered.
    pub const fn new() -> Self {
        Self {
            // INVARIANT: All zeroes.
            trigger: UnsafeCell::new(MaybeUninit::zeroed()),
        }
    }

    /// Sets its LEDs, each to this brightness or the largest that it has: C's `led_trigger_event()`. 0 is off.
    pub fn event(&self, brightness: u32) {
        // The kernel's own type has no more.
        let brightness = brightness.min(i32::MAX.cast_unsigned());
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_led_trigger_event(self.as_ptr(), brightness) };
    }

    /// Has its LEDs blink until something else is said: `led_trigger_blink()`. Both delays 0 leave it to the LED. In a
    /// hard interrupt it does nothing.
    pub fn blink(&self, blink: Blink) {
        let (on, off) = (blink.delay_on.into(), blink.delay_off.into());
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_led_trigger_blink(self.as_ptr(), on, off) };
    }

    /// Has its LEDs flash once, or be off once if `invert`, and then be as before: `led_trigger_blink_oneshot()`. One
    /// that flashes already is not told again. In a hard interrupt it does nothing.
    pub fn blink_oneshot(&self, blink: Blink, invert: bool) {
        let (on, off) = (blink.delay_on.into(), blink.delay_off.into());
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_led_trigger_blink_oneshot(self.as_ptr(), on, off, invert) };
    }

    fn as_ptr(&self) -> *mut kmod_led_trigger {
        self.trigger.get().cast()
    }
}

impl Default for LedTrigger {
    fn default() -> Self {
        Self::new()
    }
}

/// What `#[led_trigger]` says of a field.
pub trait LedTriggerField: Field {
    /// By which LEDs are given it.
    const NAME: NodeName;
}

// SAFETY: What sets LEDs passes the door that `close` shuts; `kmod_led_trigger_end()` waits for who is inside, and is
// `led_trigger_unregister()`, which takes the trigger from all LEDs and from the list of triggers. It has no callback.
#[diagnostic::do_not_recommend]
unsafe impl<F: LedTriggerField<Type = Self>> ClassDevice<F> for LedTrigger {
    unsafe fn register(&self, at: &At) -> Result {
        let name = super::name(const { &F::NAME }, at);
        // INVARIANT: It is where it stays (`register`'s contract).
        // SAFETY: It is not made, and stays until it was unregistered (`register`'s contract).
        to_result(unsafe { bindings::kmod_led_trigger_make(self.as_ptr(), &name) })?;
        Ok(())
    }

    unsafe fn close(&self) {
        // SAFETY: It is made (`close`'s contract).
        unsafe { bindings::kmod_led_trigger_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was made and shut (`unregister`'s contract).
        unsafe { bindings::kmod_led_trigger_end(self.as_ptr()) };
    }
}
