// SPDX-License-Identifier: GPL-2.0-only
//! LEDs: the kernel's `struct led_classdev`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has a lamp
//! #[kernel_module(name = "lamp", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     /// /sys/class/leds/lamp::status
//!     #[led(name = "lamp::status", max_brightness = 1, default_trigger = "heartbeat")]
//!     status: Led<Lamp>,
//! }
//!
//! #[derive(Default)]
//! struct Lamp(AtomicBool);
//!
//! #[handlers]
//! impl LedOps for Lamp {
//!     fn brightness_set(&self, _led: &LedCall<'_, Self>, brightness: u32) {
//!         self.0.store(brightness > 0, Ordering::Relaxed);
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{CStr, c_int, c_uint, c_ulong, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_class_name, kmod_led, kmod_led_ops, kmod_led_plan};

use super::{ClassDevice, Held, beside, call, entered, entered_or_last, number_to_int, to_int};
use crate::chrdev::NodeName;
use crate::error::code::ENODEV;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a LED does.
///
/// It has one of [`brightness_set`](LedOps::brightness_set) and
/// [`brightness_set_blocking`](LedOps::brightness_set_blocking). When the LED is taken away the kernel turns
/// it off: it is called once more, with 0, while the objects of the fields before it are still registered.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a LED does",
    label = "a LED's handler says so",
    note = "write `#[handlers] impl LedOps for {Self} {{ fn brightness_set(…) {{ … }} }}`"
)]
pub trait LedOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the LED is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: LedHandlers;

    /// Sets the brightness, from 0 to `max_brightness`, in atomic context: it must not sleep, and may
    /// interrupt the task that runs on its CPU. It may run twice at once, on different CPUs.
    fn brightness_set(&self, led: &LedCall<'_, Self>, brightness: u32) {
        let _ = (led, brightness);
    }

    /// The same in process context, for a LED behind a bus that sleeps. What blinks by the kernel's timer
    /// comes by a work.
    ///
    /// # Errors
    ///
    /// Any: the kernel logs it.
    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        let _ = (led, brightness);
        Ok(())
    }

    /// What the brightness is now, in process context: called when the LED is registered, and when its
    /// `brightness` is read. Without it that is what was set last.
    ///
    /// # Errors
    ///
    /// Any: what was set last is read then.
    fn brightness_get(&self, led: &LedCall<'_, Self>) -> Result<u32> {
        let _ = led;
        Err(ENODEV)
    }

    /// Has the hardware blink, in atomic context. What is returned is what it can do that is nearest;
    /// [`brightness_set`](LedOps::brightness_set) with 0 ends it.
    ///
    /// # Errors
    ///
    /// Any: the kernel blinks by its own timer then.
    fn blink_set(&self, led: &LedCall<'_, Self>, blink: Blink) -> Result<Blink> {
        let _ = (led, blink);
        Err(ENODEV)
    }
}

/// Which handlers of [`LedOps`] are there.
#[doc(hidden)]
pub struct LedHandlers {
    pub brightness_set: bool,
    pub brightness_set_blocking: bool,
    pub brightness_get: bool,
    pub blink_set: bool,
}

impl LedHandlers {
    /// None.
    pub const NONE: Self = Self {
        brightness_set: false,
        brightness_set_blocking: false,
        brightness_get: false,
        blink_set: false,
    };
}

/// How a LED blinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blink {
    /// How long it is on, in milliseconds. Both are 0 if the hardware may choose.
    pub delay_on: u32,
    /// How long it is off, in milliseconds.
    pub delay_off: u32,
}

call! {
    /// What a LED's handler may reach.
    LedCall of LedOps
}

/// A LED with its handler: a field under `#[led]`.
pub struct Led<H> {
    led: Held<kmod_led>,
    handler: H,
}

impl<H> Led<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            led: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Led<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[led]` says of a field.
pub trait LedField: Field {
    /// Its name in `/sys/class/leds`.
    const NAME: NodeName;
    /// The largest brightness.
    const MAX_BRIGHTNESS: u32 = 255;
    /// The trigger that it has at first.
    const DEFAULT_TRIGGER: Option<&'static CStr> = None;
}

/// What a LED is, for C.
pub(super) fn plan(
    name: kmod_class_name,
    max_brightness: u32,
    default_trigger: Option<&'static CStr>,
) -> kmod_led_plan {
    kmod_led_plan {
        name,
        max_brightness,
        default_trigger: default_trigger.map_or(ptr::null(), CStr::as_ptr),
    }
}

// SAFETY: `kmod_led_end()` is `led_classdev_unregister()`, which takes the LED's files away and waits for
// who is in them, and ends its timer and its work.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Led<H>
where
    H: LedOps,
    F: LedField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        let name = super::name(const { &F::NAME }, at);
        let plan = plan(name, F::MAX_BRIGHTNESS, F::DEFAULT_TRIGGER);
        let parent = at.parent().unwrap_or(ptr::null_mut());
        let data = ptr::from_ref(self).cast_mut().cast();
        // SAFETY: The names and the functions are static, and the functions are for this field; the value
        // stays until it was unregistered (`register`'s contract).
        let led = unsafe { bindings::kmod_led_make(parent, &plan, const { &ops::<H, F>() }, data) };
        self.led.put(from_err_ptr(led)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(led) = self.led.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_led_end(led.as_ptr()) };
        }
    }
}

/// What the kernel calls for the LED that is the field `F`.
const fn ops<H, F>() -> kmod_led_ops
where
    H: LedOps,
    F: Field<Type = Led<H>, Instance: Belongs<H::Instance>>,
{
    let has = H::HANDLERS;
    kmod_led_ops {
        brightness_set: if has.brightness_set {
            Some(led_brightness_set::<H, F>)
        } else {
            None
        },
        brightness_set_blocking: if has.brightness_set_blocking {
            Some(brightness_set_blocking::<H, F>)
        } else {
            None
        },
        brightness_get: if has.brightness_get {
            Some(brightness_get::<H, F>)
        } else {
            None
        },
        blink_set: if has.blink_set {
            Some(led_blink_set::<H, F>)
        } else {
            None
        },
    }
}

/// # Safety
///
/// The kernel calls it with the data that the LED was registered with.
unsafe extern "C" fn led_brightness_set<H, F>(data: *mut c_void, brightness: c_uint)
where
    H: LedOps,
    F: Field<Type = Led<H>, Instance: Belongs<H::Instance>>,
{
    let set = |led: &Led<H>, instance: &F::Instance| {
        led.handler
            .brightness_set(&LedCall::new(instance), brightness);
    };
    // SAFETY: It is the field's address, and this is a callback of it.
    unsafe { beside::<F, _>(data, set) };
}

/// # Safety
///
/// As [`led_brightness_set`], in process context.
unsafe extern "C" fn brightness_set_blocking<H, F>(data: *mut c_void, brightness: c_uint) -> c_int
where
    H: LedOps,
    F: Field<Type = Led<H>, Instance: Belongs<H::Instance>>,
{
    let set = |led: &Led<H>, instance: &F::Instance| {
        let call = LedCall::new(instance);
        led.handler.brightness_set_blocking(&call, brightness)
    };
    // When the instance has closed, the kernel turns the LED off.
    // SAFETY: It is the field's address, and this is a callback of it, for which
    // `led_classdev_unregister()` waits.
    to_int(unsafe { entered_or_last::<F, _>(data, set) })
}

/// # Safety
///
/// As [`led_brightness_set`], in process context.
unsafe extern "C" fn brightness_get<H, F>(data: *mut c_void) -> c_int
where
    H: LedOps,
    F: Field<Type = Led<H>, Instance: Belongs<H::Instance>>,
{
    let get =
        |led: &Led<H>, instance: &F::Instance| led.handler.brightness_get(&LedCall::new(instance));
    // SAFETY: It is the field's address, and this is a callback of it, in process context.
    number_to_int(unsafe { entered::<F, _>(data, get) })
}

/// # Safety
///
/// As [`led_brightness_set`]; the numbers may be read and written.
unsafe extern "C" fn led_blink_set<H, F>(
    data: *mut c_void,
    delay_on: *mut c_ulong,
    delay_off: *mut c_ulong,
) -> c_int
where
    H: LedOps,
    F: Field<Type = Led<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It may be read (this function's contract).
    let on = unsafe { delay_on.read() };
    // SAFETY: It may be read, too (this function's contract).
    let off = unsafe { delay_off.read() };
    let number = |delay: c_ulong| u32::try_from(delay).unwrap_or(u32::MAX);
    let blink = Blink {
        delay_on: number(on),
        delay_off: number(off),
    };
    let set = |led: &Led<H>, instance: &F::Instance| {
        led.handler.blink_set(&LedCall::new(instance), blink)
    };
    // SAFETY: It is the field's address, and this is a callback of it.
    let chosen = match unsafe { beside::<F, _>(data, set) } {
        Ok(chosen) => chosen,
        Err(error) => return error.to_errno(),
    };
    // SAFETY: It may be written (this function's contract).
    unsafe { delay_on.write(chosen.delay_on.into()) };
    // SAFETY: It may be written, too (this function's contract).
    unsafe { delay_off.write(chosen.delay_off.into()) };
    0
}
