// SPDX-License-Identifier: GPL-2.0-only
//! Timers that are finer than a jiffy: the kernel's `struct hrtimer`.
//!
//! A [timer](mod@crate::timer) is cheaper where a few milliseconds do not matter.
//!
//! ```
//! use core::time::Duration;
//! use kmod_core::prelude::*;
//!
//! /// Counts ten thousandths of a second
//! #[kernel_module(name = "beats", license = "GPL")]
//! #[derive(Default)]
//! struct Beats {
//!     #[hrtimer]
//!     beat: Hrtimer<Beat>,
//!     passed: AtomicU32,
//!     /// /dev/beats: a write starts it
//!     #[misc]
//!     beats: Control,
//! }
//!
//! #[derive(Default)]
//! struct Beat;
//!
//! const PERIOD: Duration = Duration::from_micros(100);
//!
//! #[handlers]
//! impl HrtimerHandler for Beat {
//!     type Instance = Beats;
//!
//!     fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again {
//!         timer.instance().passed.fetch_add(1, Ordering::Relaxed);
//!         Again::After(PERIOD)
//!     }
//! }
//!
//! #[derive(Default)]
//! struct Control;
//!
//! #[file_operations]
//! impl FileOperations for Control {
//!     type Instance = Beats;
//!
//!     fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
//!         from.skip(from.len())?;
//!         file.instance().beat.arm(PERIOD);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_longlong};
use core::marker::PhantomData;
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;
use core::time::Duration;

use kmod_bindings::{self as bindings, kmod_hrtimer};

use crate::error::Result;
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, instance_of};
use crate::sync::Shared;
use crate::timer::Again;

/// What runs when a [`Hrtimer`] expires, in atomic context: it must not sleep, and interrupts the task
/// that runs on its CPU, once interrupts are served: the kernel's `HRTIMER_MODE_SOFT`. On `PREEMPT_RT`
/// it is a thread's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a timer does when it expires",
    label = "a timer's handler says so",
    note = "write `#[handlers] impl HrtimerHandler for {Self} {{ fn expired(…) -> Again {{ … }} }}`"
)]
pub trait HrtimerHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the timer is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// The time has passed. It never runs twice at once, and not any more once the timer's instance
    /// has gone.
    ///
    /// [`Again::After`] is a period here: the timer expires so long after it was to expire this time, or
    /// as many periods later as have passed already (`hrtimer_forward_now()`), unless somebody armed it
    /// meanwhile for another time. A period of less than a microsecond is one.
    fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again;
}

/// The expiry that a handler is called for.
pub struct HrtimerCall<'a, H: HrtimerHandler> {
    instance: &'a H::Instance,
}

impl<'a, H: HrtimerHandler> HrtimerCall<'a, H> {
    /// The struct of which the timer is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// A fine timer with its handler: a field under `#[hrtimer]`.
///
/// It can be armed while its instance lives: from when its objects are registered until the module is
/// unloaded or the device is taken away. Before and after that, and if no attribute knows it, arming
/// it does nothing. Whoever arms it last decides when it expires.
///
/// # Invariants
///
/// `timer` is all zeroes, or was opened at the address where it is, as the field of an instance, and
/// then the value is not moved before it was ended.
pub struct Hrtimer<H> {
    timer: UnsafeCell<MaybeUninit<kmod_hrtimer>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for Hrtimer<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for Hrtimer<H> {}

impl<H> Hrtimer<H> {
    /// A timer that is not armed.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            timer: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Has it expire once `time` has passed; if its attribute says `mode = abs`, when its clock shows
    /// `time`: the kernel's `hrtimer_start()`. If it is armed already, it is for the new time. May be
    /// called anywhere.
    ///
    /// Whether it is armed now: not if its instance does not live.
    pub fn arm(&self, time: Duration) -> bool {
        // SAFETY: It is zeroes, or opened (invariant).
        unsafe { bindings::kmod_hrtimer_arm(self.as_ptr(), nsecs(time)) }
    }

    /// Has it not expire: the kernel's `hrtimer_try_to_cancel()`. A handler that runs already is not
    /// waited for, and may arm it again. May be called anywhere.
    ///
    /// Whether it was armed, and its handler did not run.
    pub fn disarm(&self) -> bool {
        // SAFETY: It is zeroes, or opened (invariant).
        unsafe { bindings::kmod_hrtimer_disarm(self.as_ptr()) }
    }

    /// Whether it is armed, and has not expired: the kernel's `hrtimer_is_queued()`.
    pub fn is_armed(&self) -> bool {
        // SAFETY: It is zeroes, or opened (invariant).
        unsafe { bindings::kmod_hrtimer_is_armed(self.as_ptr()) }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_hrtimer {
        self.timer.get().cast()
    }
}

impl<H: Default> Default for Hrtimer<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// A duration in nanoseconds, as far as the kernel's clock reaches; at least a microsecond.
fn nsecs(duration: Duration) -> c_longlong {
    let nsecs = duration.as_secs().saturating_mul(1_000_000_000);
    let nsecs = nsecs
        .saturating_add(duration.subsec_nanos().into())
        .max(1000);
    i64::try_from(nsecs).unwrap_or(i64::MAX)
}

/// The type of a field under `#[hrtimer]` of the instance `I`.
///
/// # Safety
///
/// [`open`](FineTimer::open), [`close`](FineTimer::close) and [`unregister`](FineTimer::unregister) do
/// what [`Object`]'s `register` and functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a fine timer that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a fine timer is `#[hrtimer] name: Hrtimer<Handler>`"
)]
pub unsafe trait FineTimer<I: Instance>: Sized + 'static {
    /// Opens it.
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, is not registered, and stays where it is until
    /// it was unregistered.
    unsafe fn open<F: HrtimerField<Instance = I, Type = Self>>(&self);

    /// Shuts its gate. It does not wait.
    ///
    /// # Safety
    ///
    /// It is registered.
    unsafe fn close(&self);

    /// Takes it back, and waits for its handler.
    ///
    /// # Safety
    ///
    /// It is registered, and was closed.
    unsafe fn unregister(&self);
}

// SAFETY: `kmod_hrtimer_arm()` and `kmod_hrtimer_again()` pass the gate that `close` shuts, in one step
// with the kernel's functions; `kmod_hrtimer_end()` is `hrtimer_cancel()`, which waits for the handler.
unsafe impl<H, I> FineTimer<I> for Hrtimer<H>
where
    H: HrtimerHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn open<F: HrtimerField<Instance = I, Type = Self>>(&self) {
        let expired = Some(hrtimer_expired::<H, F> as unsafe extern "C" fn(_));
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not open, and `expired` is for this field.
        unsafe { bindings::kmod_hrtimer_open(self.as_ptr(), expired, F::CLOCK, F::ABSOLUTE) };
    }

    unsafe fn close(&self) {
        // SAFETY: It is open (the caller's promise).
        unsafe { bindings::kmod_hrtimer_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was opened and shut (the caller's promise).
        unsafe { bindings::kmod_hrtimer_end(self.as_ptr()) };
    }
}

/// What the kernel calls for the timer that is the field `F`.
///
/// # Safety
///
/// The kernel calls it with the timer that was opened with it.
unsafe extern "C" fn hrtimer_expired<H, F>(timer: *mut kmod_hrtimer)
where
    H: HrtimerHandler,
    F: Field<Type = Hrtimer<H>, Instance: Belongs<H::Instance>>,
{
    let value = timer
        .wrapping_byte_sub(offset_of!(Hrtimer<H>, timer))
        .cast();
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<Hrtimer<H>>::new_unchecked(value) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance (`Field`'s contract), which lives during this callback.
    let timer = unsafe { value.as_ref() };
    let call = HrtimerCall {
        instance: instance.instance(),
    };
    if let Again::After(period) = timer.handler.expired(&call) {
        // SAFETY: It is open, or was, and this is its function.
        unsafe { bindings::kmod_hrtimer_again(timer.as_ptr(), nsecs(period)) };
    }
}

/// The clock of this name, one of those that `#[hrtimer(clock = …)]` takes.
pub const fn clock(name: &str) -> c_int {
    match name.as_bytes() {
        b"realtime" => bindings::KMOD_CLOCK_REALTIME,
        b"boottime" => bindings::KMOD_CLOCK_BOOTTIME,
        _ => bindings::KMOD_CLOCK_MONOTONIC,
    }
}

/// A field under `#[hrtimer]`.
pub trait HrtimerField: Field<Type: FineTimer<Self::Instance>> {
    /// Its clock.
    const CLOCK: c_int = bindings::KMOD_CLOCK_MONOTONIC;
    /// It is armed for a time of its clock, and not for so long after now.
    const ABSOLUTE: bool = false;
}

/// The timer of a field under `#[hrtimer]`.
pub struct HrtimerObject<F>(PhantomData<fn() -> F>);

impl<F: HrtimerField> HrtimerObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `FineTimer`, whose contract is this one's.
unsafe impl<F: HrtimerField> Object for HrtimerObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let timer = unsafe { at.value::<F>() };
        // SAFETY: It is this field of the instance, and not registered (the caller's promise).
        unsafe { timer.open::<F>() };
        Ok(())
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let timer = unsafe { at.value::<F>() };
        // SAFETY: It is registered (the caller's promise).
        unsafe { timer.close() };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let timer = unsafe { at.value::<F>() };
        // SAFETY: It is registered and closed (the caller's promise).
        unsafe { timer.unregister() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_saturated() {
        assert_eq!(nsecs(Duration::ZERO), 1000);
        assert_eq!(nsecs(Duration::new(1, 2)), 1_000_000_002);
        assert_eq!(nsecs(Duration::MAX), i64::MAX);
    }
}
