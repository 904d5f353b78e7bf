// SPDX-License-Identifier: GPL-2.0-only
//! LEDs of several colours: the kernel's `struct led_classdev_mc`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has a lamp of three colours
//! #[kernel_module(name = "rainbow", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     /// /sys/class/leds/rainbow:rgb:status
//!     #[led_multicolor(name = "rainbow:rgb:status", colors(red, green, blue))]
//!     status: LedMulticolor<Lamp>,
//! }
//!
//! #[derive(Default)]
//! struct Lamp([AtomicU32; 3]);
//!
//! #[handlers]
//! impl LedMulticolorOps for Lamp {
//!     fn brightness_set(&self, _led: &LedMulticolorCall<'_, Self>, colors: &[u32]) {
//!         for (lamp, color) in self.0.iter().zip(colors) {
//!             lamp.store(*color, Ordering::Relaxed);
//!         }
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{CStr, c_int, c_uint, c_void};
use core::{ptr, slice};

use kmod_bindings::{self as bindings, kmod_led_multicolor, kmod_led_multicolor_ops};

use super::led::plan;
use super::{ClassDevice, Held, beside, call, entered_or_last, to_int};
use crate::chrdev::NodeName;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a LED of several colours does.
///
/// It has one of [`brightness_set`](LedMulticolorOps::brightness_set) and
/// [`brightness_set_blocking`](LedMulticolorOps::brightness_set_blocking). When the LED is taken away the kernel
/// turns it off: it is called once more, with zeroes, while the objects of the fields before it are still registered.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a LED of several colours does",
    label = "the handler of a LED of several colours says so",
    note = "write `#[handlers] impl LedMulticolorOps for {Self} {{ fn brightness_set(…) {{ … }} }}`"
)]
pub trait LedMulticolorOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the LED is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: LedMulticolorHandlers;

    /// Sets how bright each colour is, in the order of `colors(…)`, in atomic context: it must not sleep, and may
    /// interrupt the task that runs on its CPU. It may run twice at once, on different CPUs.
    ///
    /// The kernel has made each number of the LED's `brightness` and of what was written to `multi_intensity`, which
    /// old kernels let be any number: one may be larger than `max_brightness`.
    fn brightness_set(&self, led: &LedMulticolorCall<'_, Self>, colors: &[u32]) {
        let _ = (led, colors);
    }

    /// The same in process context, for a LED behind a bus that sleeps. What blinks by the kernel's timer comes by a
    /// work.
    ///
    /// # Errors
    ///
    /// Any: the kernel logs it.
    fn brightness_set_blocking(&self, led: &LedMulticolorCall<'_, Self>, colors: &[u32]) -> Result {
        let _ = (led, colors);
        Ok(())
    }
}

/// Which handlers of [`LedMulticolorOps`] are there.
#[doc(hidden)]
pub struct LedMulticolorHandlers {
    pub brightness_set: bool,
    pub brightness_set_blocking: bool,
}

impl LedMulticolorHandlers {
    /// None.
    pub const NONE: Self = Self {
        brightness_set: false,
        brightness_set_blocking: false,
    };
}

call! {
    /// What the handler of a LED of several colours may reach.
    LedMulticolorCall of LedMulticolorOps
}

/// A LED of several colours with its handler: a field under `#[led_multicolor]`.
pub struct LedMulticolor<H> {
    led: Held<kmod_led_multicolor>,
    handler: H,
}

impl<H> LedMulticolor<H> {
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

impl<H: Default> Default for LedMulticolor<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[led_multicolor]` says of a field.
pub trait LedMulticolorField: Field {
    /// Its name in `/sys/class/leds`.
    const NAME: NodeName;
    /// Its colours, by the kernel's numbers.
    const COLORS: &'static [u8];
    /// The largest brightness.
    const MAX_BRIGHTNESS: u32 = 255;
    /// The trigger that it has at first.
    const DEFAULT_TRIGGER: Option<&'static CStr> = None;
}

/// The number of the colour of this name, of those that `#[led_multicolor(colors(…))]` takes.
pub const fn led_color(name: &str) -> u8 {
    let number = match name.as_bytes() {
        b"red" => bindings::KMOD_LED_RED,
        b"green" => bindings::KMOD_LED_GREEN,
        b"blue" => bindings::KMOD_LED_BLUE,
        b"amber" => bindings::KMOD_LED_AMBER,
        b"violet" => bindings::KMOD_LED_VIOLET,
        b"yellow" => bindings::KMOD_LED_YELLOW,
        b"ir" => bindings::KMOD_LED_IR,
        _ => bindings::KMOD_LED_WHITE,
    };
    number as u8
}

/// Holds that the kernel knows the colours, and has room for them.
const fn check(mut colors: &[u8]) {
    assert!(colors.len() <= bindings::KMOD_LED_COLORS as usize);
    while let [color, others @ ..] = colors {
        assert!((*color as u32) < bindings::KMOD_LED_COLORS);
        colors = others;
    }
}

// SAFETY: `kmod_led_multicolor_end()` is `led_classdev_multicolor_unregister()`, which takes the LED's files away and
// waits for who is in them, and ends its timer and its work.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for LedMulticolor<H>
where
    H: LedMulticolorOps,
    F: LedMulticolorField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        const { check(F::COLORS) };
        let plan = plan(
            super::name(const { &F::NAME }, at),
            F::MAX_BRIGHTNESS,
            F::DEFAULT_TRIGGER,
        );
        let parent = at.parent().unwrap_or(ptr::null_mut());
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const { &ops::<H, F>() };
        let count = const { F::COLORS.len() as c_uint };
        // SAFETY: The names, the colours (of which there are `count`) and the functions are static, and the functions
        // are for this field; the value stays until it was unregistered (`register`'s contract).
        let led = unsafe {
            bindings::kmod_led_multicolor_make(parent, &plan, F::COLORS.as_ptr(), count, ops, data)
        };
        self.led.put(from_err_ptr(led)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(led) = self.led.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_led_multicolor_end(led.as_ptr()) };
        }
    }
}

/// What the kernel calls for the LED that is the field `F`.
const fn ops<H, F>() -> kmod_led_multicolor_ops
where
    H: LedMulticolorOps,
    F: Field<Type = LedMulticolor<H>, Instance: Belongs<H::Instance>>,
{
    let has = H::HANDLERS;
    kmod_led_multicolor_ops {
        brightness_set: if has.brightness_set {
            Some(led_colors_set::<H, F>)
        } else {
            None
        },
        brightness_set_blocking: if has.brightness_set_blocking {
            Some(colors_set_blocking::<H, F>)
        } else {
            None
        },
    }
}

/// # Safety
///
/// The kernel calls it with the data that the LED was registered with; `count` colours may be read.
unsafe extern "C" fn led_colors_set<H, F>(data: *mut c_void, colors: *const c_uint, count: c_uint)
where
    H: LedMulticolorOps,
    F: Field<Type = LedMulticolor<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: They may be read (this function's contract), and are those of this call alone.
    let colors = unsafe { slice::from_raw_parts(colors, count as usize) };
    let set = |led: &LedMulticolor<H>, instance: &F::Instance| {
        let call = LedMulticolorCall::new(instance);
        led.handler.brightness_set(&call, colors);
    };
    // SAFETY: It is the field's address, and this is a callback of it.
    unsafe { beside::<F, _>(data, set) };
}

/// # Safety
///
/// As [`led_colors_set`], in process context.
unsafe extern "C" fn colors_set_blocking<H, F>(
    data: *mut c_void,
    colors: *const c_uint,
    count: c_uint,
) -> c_int
where
    H: LedMulticolorOps,
    F: Field<Type = LedMulticolor<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: They may be read (this function's contract), and are those of this call alone.
    let colors = unsafe { slice::from_raw_parts(colors, count as usize) };
    let set = |led: &LedMulticolor<H>, instance: &F::Instance| {
        let call = LedMulticolorCall::new(instance);
        led.handler.brightness_set_blocking(&call, colors)
    };
    // When the instance has closed, the kernel turns the LED off.
    // SAFETY: It is the field's address, and this is a callback of it, for which
    // `led_classdev_unregister()` waits.
    to_int(unsafe { entered_or_last::<F, _>(data, set) })
}
