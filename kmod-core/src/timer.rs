// SPDX-License-Identifier: GPL-2.0-only
//! Timers: a handler that runs once some time has passed, the kernel's `struct timer_list`.
//!
//! ```
//! use core::time::Duration;
//! use kmod_core::prelude::*;
//!
//! /// Counts seconds
//! #[kernel_module(name = "seconds", license = "GPL")]
//! #[derive(Default)]
//! struct Seconds {
//!     #[timer]
//!     tick: Timer<Tick>,
//!     passed: AtomicU32,
//!     /// /dev/seconds: a write starts the timer
//!     #[misc]
//!     seconds: Control,
//! }
//!
//! #[derive(Default)]
//! struct Tick;
//!
//! #[handlers]
//! impl TimerHandler for Tick {
//!     type Instance = Seconds;
//!
//!     fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
//!         timer.instance().passed.fetch_add(1, Ordering::Relaxed);
//!         Again::After(Duration::from_secs(1))
//!     }
//! }
//!
//! #[derive(Default)]
//! struct Control;
//!
//! #[file_operations]
//! impl FileOperations for Control {
//!     type Instance = Seconds;
//!
//!     fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
//!         from.skip(from.len())?;
//!         file.instance().tick.arm(Duration::from_secs(1));
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::UnsafeCell;
use core::ffi::{c_long, c_ulong};
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;
use core::time::Duration;

use kmod_bindings::{self as bindings, timer_list};

use crate::error::Result;
use crate::instance::{Belongs, Field, FieldObject, Gate, Instance, ModuleState, instance_of};
use crate::sync::Shared;
use crate::time::{HZ, Jiffies};

/// What runs when a [`Timer`] expires, in atomic context: it must not sleep, and interrupts the task
/// that runs on its CPU. On `PREEMPT_RT` it is a thread's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a timer does when it expires",
    label = "a timer's handler says so",
    note = "write `#[handlers] impl TimerHandler for {Self} {{ fn expired(…) -> Again {{ … }} }}`"
)]
pub trait TimerHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the timer is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// The time has passed. It never runs twice at once, and not any more once the timer's instance
    /// has gone.
    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again;
}

/// Whether a timer expires once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Not before it is armed again.
    No,
    /// So long after now, at least, unless somebody armed it meanwhile for another time. A duration of
    /// less than a jiffy is one.
    After(Duration),
}

/// The expiry that a handler is called for.
pub struct TimerCall<'a, H: TimerHandler> {
    instance: &'a H::Instance,
}

impl<'a, H: TimerHandler> TimerCall<'a, H> {
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

/// A timer with its handler: a field under `#[timer]`.
///
/// It can be armed while its instance lives: from when its objects are registered until the module is
/// unloaded or the device is taken away. Before and after that, and if no attribute knows it, arming
/// it does nothing. Whoever arms it last decides when it expires.
///
/// # Invariants
///
/// `timer` is all zeroes, or was set up. The gate is opened, after that, only at the address where it is,
/// as the field of an instance, and then the value is not moved before the gate was shut and the timer
/// deleted.
pub struct Timer<H> {
    timer: UnsafeCell<MaybeUninit<timer_list>>,
    gate: Gate,
    handler: H,
}

// SAFETY: The kernel synchronises all that it does with it.
unsafe impl<H: Send> Send for Timer<H> {}
// SAFETY: The kernel synchronises also what it does by shared references.
unsafe impl<H: Sync> Sync for Timer<H> {}

impl<H> Timer<H> {
    /// A timer that is not armed.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            timer: UnsafeCell::new(MaybeUninit::zeroed()),
            gate: Gate::new(),
            handler,
        }
    }

    /// Has it expire once `after` has passed, in jiffies, rounded up, and at least one: the kernel's
    /// `mod_timer()`. If it is armed already, it is for the new time. May be called anywhere.
    ///
    /// Whether it is armed now: not if its instance does not live.
    #[inline]
    pub fn arm(&self, after: Duration) -> bool {
        let after = jiffies(after).max(1);
        let arm = || {
            let expires = (Jiffies::now() + after).0;
            // SAFETY: The gate is open: it was set up where it is, and stays (invariant).
            unsafe { bindings::mod_timer(self.as_ptr(), expires) }
        };
        self.gate.pass(arm).is_some()
    }

    /// Has it not expire: the kernel's `timer_delete()`. A handler that runs already is not waited
    /// for, and may arm it again. May be called anywhere.
    ///
    /// Whether it was armed.
    pub fn disarm(&self) -> bool {
        // Through the gate: behind a shut one, somebody else waits for its end.
        let disarm = || {
            // SAFETY: The gate is open: it was set up where it is, and stays (invariant).
            unsafe { bindings::kmod_timer_delete(self.as_ptr()) }
        };
        self.gate
            .pass(disarm)
            .is_some_and(|was_armed| was_armed != 0)
    }

    /// Whether it is armed, and has not expired: the kernel's `timer_pending()`.
    pub fn is_armed(&self) -> bool {
        // SAFETY: It is zeroes, or set up (invariant).
        unsafe { bindings::kmod_timer_is_pending(self.as_ptr()) }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut timer_list {
        self.timer.get().cast()
    }
}

impl<H: Default> Default for Timer<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// How many jiffies a timer reaches: the kernel's `MAX_JIFFY_OFFSET`.
const FARTHEST: c_ulong = (c_long::MAX >> 1).cast_unsigned() - 1;

/// A duration in jiffies, rounded up, as far as a timer reaches. The compiler computes that of a
/// constant.
#[inline]
pub(crate) fn jiffies(duration: Duration) -> c_ulong {
    const NANOS_PER_SEC: u64 = 1_000_000_000;
    let whole = duration.as_secs().saturating_mul(HZ);
    let part = u64::from(duration.subsec_nanos()).saturating_mul(HZ);
    let jiffies = whole.saturating_add(part.div_ceil(NANOS_PER_SEC));
    jiffies.min(FARTHEST)
}

// SAFETY: Whoever arms it passes the gate that `close` shuts, which waits for those who do;
// `timer_delete_sync()` waits for the handler.
unsafe impl<H, I> FieldObject<I> for Timer<H>
where
    H: TimerHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn register<F: Field<Instance = I, Type = Self>>(&self) -> Result {
        // SAFETY: It is not armed, and `expired` is for this field.
        unsafe { bindings::kmod_timer_setup(self.as_ptr(), Some(expired::<H, F>)) };
        // INVARIANT: It is where it stays (the caller's promise).
        self.gate.open();
        Ok(())
    }

    unsafe fn close(&self) {
        self.gate.shut();
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was set up, and nobody arms it any more (the caller's promise).
        unsafe { bindings::timer_delete_sync(self.as_ptr()) };
    }
}

/// What the kernel calls for the timer that is the field `F`.
///
/// # Safety
///
/// The kernel calls it with the timer that was set up with it.
unsafe extern "C" fn expired<H, F>(timer: *mut timer_list)
where
    H: TimerHandler,
    F: Field<Type = Timer<H>, Instance: Belongs<H::Instance>>,
{
    let value = timer.wrapping_byte_sub(offset_of!(Timer<H>, timer)).cast();
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<Timer<H>>::new_unchecked(value) };
    // SAFETY: It is registered as `F`, and this is its callback.
    let instance: &F::Instance = unsafe { instance_of::<F>(value) };
    // SAFETY: It is a field of the instance.
    let timer = unsafe { value.as_ref() };
    let call = TimerCall {
        instance: instance.instance(),
    };
    if let Again::After(after) = timer.handler.expired(&call) {
        timer.arm(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_so_many_jiffies_rounded_up() {
        let jiffy = Duration::from_nanos(1_000_000_000 / HZ);
        assert_eq!(jiffies(Duration::ZERO), 0);
        assert_eq!(jiffies(Duration::from_nanos(1)), 1);
        assert_eq!(jiffies(jiffy), 1);
        assert_eq!(jiffies(jiffy + Duration::from_nanos(1)), 2);
        assert_eq!(jiffies(Duration::from_secs(3) + jiffy), 3 * HZ + 1);
        assert_eq!(jiffies(Duration::MAX), FARTHEST);
        assert_eq!(jiffies(Duration::from_secs(u64::MAX / HZ)), FARTHEST);
    }
}
