// SPDX-License-Identifier: GPL-2.0-only
//! Devices of the kernel's classes: what user space finds below `/sys/class`, whoever makes it.
//!
//! A field under a class's attribute is such a device; the type of the field holds a value of the
//! module's that implements the class's one trait of handlers. In a struct under
//! [`#[device]`](macro@crate::device) the class's device is a child of the one that the driver is bound
//! to; where the class allows one without a parent, it may be a field of the module, too.
//!
//! | file | class | attribute |
//! |---|---|---|
//! | `backlight` | `/sys/class/backlight` | [`#[backlight]`](macro@crate::backlight) |
//! | `battery_hook` | the kernel's batteries in `/sys/class/power_supply` | [`#[battery_hook]`](macro@crate::battery_hook) |
//! | `cooling` | `/sys/class/thermal` | [`#[cooling]`](macro@crate::cooling) |
//! | `gpio_chip` | `/dev/gpiochip0` and so on | [`#[gpio_chip]`](macro@crate::gpio_chip) |
//! | `hwmon` | `/sys/class/hwmon` | [`#[hwmon]`](macro@crate::hwmon) |
//! | `iio` | `/sys/bus/iio/devices` | [`#[iio]`](macro@crate::iio) |
//! | `input` | `/sys/class/input` | [`#[input]`](macro@crate::input) |
//! | `led` | `/sys/class/leds` | [`#[led]`](macro@crate::led) |
//! | `led_multicolor` | `/sys/class/leds` | [`#[led_multicolor]`](macro@crate::led_multicolor) |
//! | `led_trigger` | the file `trigger` of LEDs | [`#[led_trigger]`](macro@crate::led_trigger) |
//! | `platform_profile` | `/sys/class/platform-profile`, `/sys/firmware/acpi` | [`#[platform_profile]`](macro@crate::platform_profile) |
//! | `power_supply` | `/sys/class/power_supply` | [`#[power_supply]`](macro@crate::power_supply) |
//! | `rfkill` | `/sys/class/rfkill` | [`#[rfkill]`](macro@crate::rfkill) |
//! | `rtc` | `/sys/class/rtc` | [`#[rtc]`](macro@crate::rtc) |
//! | `thermal_zone` | `/sys/class/thermal` | [`#[thermal_zone]`](macro@crate::thermal_zone) |
//! | `watchdog` | `/sys/class/watchdog` | [`#[watchdog]`](macro@crate::watchdog) |
//!
//! All of them live as their instance does: they are there once the instance's objects are registered, in
//! field order, and are taken back in reverse, when the kernel waits for the handlers that run. A file of
//! theirs that is open keeps neither the module nor the device: from then on it answers `ENODEV`.

pub mod backlight;
pub mod battery_hook;
pub mod cooling;
pub mod gpio_chip;
pub mod hwmon;
pub mod iio;
pub mod input;
pub mod led;
pub mod led_multicolor;
pub mod led_trigger;
pub mod platform_profile;
pub mod power_supply;
pub mod rfkill;
pub mod rtc;
pub mod thermal_zone;
pub mod watchdog;

use core::ffi::{c_int, c_uint, c_void};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::kmod_class_name;

use crate::chrdev::NodeName;
use crate::error::Result;
use crate::instance::{At, Field, Object, enter, instance_of};

/// A value that is a device of a class, as the field `F` of its instance.
///
/// # Safety
///
/// [`register`](ClassDevice::register), [`close`](ClassDevice::close) and
/// [`unregister`](ClassDevice::unregister) do what [`Object`]'s functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the device that this attribute stands for",
    label = "the attribute of this field does not fit its type",
    note = "the type is called as its attribute is: `#[led]` stands on a `Led<Handler>`, `#[hwmon]` on a \
            `Hwmon<Handler>`, `#[input]` on an `Input<Handler>`; and a handler's `type Instance` is the struct that the field is in"
)]
pub unsafe trait ClassDevice<F: Field<Type = Self>>: Sized {
    /// Makes it known to the kernel.
    ///
    /// # Errors
    ///
    /// As [`Object::register`].
    ///
    /// # Safety
    ///
    /// The value is the field `F` of the instance at `at`, is not registered, and stays where it is until
    /// it was unregistered.
    unsafe fn register(&self, at: &At) -> Result;

    /// Shuts its gate, if it has one. It does not wait.
    ///
    /// # Safety
    ///
    /// It is registered.
    unsafe fn close(&self) {}

    /// Takes it back, and waits for its callbacks.
    ///
    /// # Safety
    ///
    /// It is registered, and was closed.
    unsafe fn unregister(&self);
}

/// A field under the attribute of a class.
pub trait ClassField: Field<Type: ClassDevice<Self>> + Sized {}

/// The device that a field's value is.
pub struct ClassObject<F>(PhantomData<fn() -> F>);

impl<F: Field> ClassObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `ClassDevice`, whose contract is this one's.
unsafe impl<F: ClassField> Object for ClassObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (`register`'s contract).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is this field of it, and not registered (`register`'s contract).
        unsafe { value.register(at) }
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The instance is at `at` (`close`'s contract).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is registered (`close`'s contract).
        unsafe { value.close() };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (`unregister`'s contract).
        let value = unsafe { at.value::<F>() };
        // SAFETY: It is registered and closed (`unregister`'s contract).
        unsafe { value.unregister() };
    }
}

/// What the kernel has for a device that is registered; NULL while it is not.
struct Held<T>(AtomicPtr<T>);

impl<T> Held<T> {
    /// Nothing.
    const fn new() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// Keeps what was registered.
    fn put(&self, made: NonNull<T>) {
        self.0.store(made.as_ptr(), Ordering::Release);
    }

    /// It, while it is registered.
    fn get(&self) -> Option<NonNull<T>> {
        NonNull::new(self.0.load(Ordering::Acquire))
    }

    /// Gives it back, to be ended.
    fn take(&self) -> Option<NonNull<T>> {
        NonNull::new(self.0.swap(ptr::null_mut(), Ordering::AcqRel))
    }
}

/// The name of a device, of an instance that is at `at`.
fn name(name: &'static NodeName, at: &At) -> kmod_class_name {
    kmod_class_name {
        before: name.before.as_ptr(),
        after: name.after.map_or(ptr::null(), |after| after.as_ptr()),
        index: at.index(),
    }
}

/// The field whose address the kernel was given as a callback's data.
///
/// # Safety
///
/// It is that.
unsafe fn value_of<F: Field>(data: *mut c_void) -> NonNull<F::Type> {
    // SAFETY: It is a field's address (this function's contract), which is not null.
    unsafe { NonNull::new_unchecked(data.cast()) }
}

/// Calls `f` with the field and its instance, inside the instance: for callbacks that may sleep.
///
/// # Errors
///
/// `ENODEV` if the instance is closing; whatever `f` returns.
///
/// # Safety
///
/// `data` is the address of the field `F` of an instance, which was registered with it; a callback of it
/// runs, in process context.
unsafe fn entered<F: Field, R>(
    data: *mut c_void,
    f: impl FnOnce(&F::Type, &F::Instance) -> Result<R>,
) -> Result<R> {
    // SAFETY: It is the field's address (this function's contract).
    let value = unsafe { value_of::<F>(data) };
    // SAFETY: It is registered as `F`, and a callback of it runs (this function's contract).
    unsafe { enter::<F, _>(value, |instance, value| f(value, instance)) }?
}

/// Calls `f` with the field and its instance, inside the instance, or beside it once that is closed: for
/// callbacks that the kernel also makes while it takes the device back, and that may sleep.
///
/// # Safety
///
/// `data` is the address of the field `F` of an instance, which was registered with it; a callback of it
/// runs, in process context, for whose end `unregister` waits.
unsafe fn entered_or_last<F: Field, R>(
    data: *mut c_void,
    f: impl Fn(&F::Type, &F::Instance) -> R,
) -> R {
    let mut result = None;
    let inside = |value: &F::Type, instance: &F::Instance| {
        result = Some(f(value, instance));
        Ok(())
    };
    // SAFETY: It is the field's address, and a callback of it runs (this function's contract).
    let _: Result = unsafe { entered::<F, _>(data, inside) };
    match result {
        Some(result) => result,
        // SAFETY: As this function's contract has it, `unregister` waits for the callback.
        None => unsafe { beside::<F, _>(data, f) },
    }
}

/// Calls `f` with the field and its instance: for callbacks that must not sleep, and those that the kernel
/// makes while it takes the device back, when nobody goes inside its instance any more.
///
/// # Safety
///
/// `data` is the address of the field `F` of an instance, which was registered with it; a callback of it
/// runs, for whose end `unregister` waits.
unsafe fn beside<F: Field, R>(data: *mut c_void, f: impl FnOnce(&F::Type, &F::Instance) -> R) -> R {
    // SAFETY: It is the field's address (this function's contract).
    let value = unsafe { value_of::<F>(data) };
    // SAFETY: It is registered as `F`, and a callback of it runs (this function's contract).
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance, which lives during this callback.
    f(unsafe { value.as_ref() }, instance)
}

/// What a callback returns to C.
fn to_int(result: Result) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => error.to_errno(),
    }
}

/// What a callback returns to C that gives a number; one that is too large is the largest.
fn number_to_int(result: Result<c_uint>) -> c_int {
    match result {
        Ok(number) => c_int::try_from(number).unwrap_or(c_int::MAX),
        Err(error) => error.to_errno(),
    }
}

/// The type that tells the handlers of a class what they may reach.
macro_rules! call {
    ($(#[$doc:meta])* $call:ident of $ops:ident) => {
        $(#[$doc])*
        pub struct $call<'a, H: $ops> {
            instance: &'a H::Instance,
        }

        impl<'a, H: $ops> $call<'a, H> {
            /// That of a callback of a field of `instance`.
            fn new<I: $crate::instance::Belongs<H::Instance>>(instance: &'a I) -> Self {
                Self { instance: instance.instance() }
            }

            /// The struct of which the device is a field.
            pub fn instance(&self) -> &'a H::Instance {
                self.instance
            }

            /// The state of the module.
            pub fn module(&self) -> &'a H::Module {
                // SAFETY: This is within a callback of a registered object, for whose time the value lives.
                unsafe { <H::Module as $crate::instance::ModuleState>::state() }
            }
        }
    };
}

/// An enum of which C knows the numbers.
macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident, $end:ident: $($variant:ident = $what:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $name {
            $(#[doc = $what] $variant,)*
        }

        impl $name {
            /// All, by their numbers.
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// That of C's number.
            pub(in crate::class) fn of(number: c_uint) -> Option<Self> {
                Self::ALL.get(usize::try_from(number).ok()?).copied()
            }
        }

        const _: () = assert!($name::ALL.len() == bindings::$end as usize);
    };
}

use {call, numbered};
