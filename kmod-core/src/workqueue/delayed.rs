// SPDX-License-Identifier: GPL-2.0-only
//! A work that is queued once some time has passed.

use core::cell::UnsafeCell;
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;
use core::time::Duration;

use kmod_bindings::{self as bindings, kmod_delayed_work, work_struct, workqueue_struct};

use super::{Queueable, WorkCall, WorkHandler};
use crate::instance::{Belongs, Field, Instance, enter};
use crate::timer::jiffies;

/// A work that its queue runs once some time has passed, with its handler: a field under `#[work]`, the
/// kernel's `struct delayed_work`.
///
/// It can be armed while its instance lives: from when its objects are registered until the module is
/// unloaded or the device is taken away. Before and after that, and if no attribute knows it, arming
/// it does nothing. Whoever arms it last decides when it runs; its handler may arm it again.
///
/// # Invariants
///
/// `work` is all zeroes, or was opened at the address where it is, as the field of an instance, and
/// then the value is not moved before it was ended.
pub struct DelayedWork<H> {
    work: UnsafeCell<MaybeUninit<kmod_delayed_work>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for DelayedWork<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for DelayedWork<H> {}

impl<H> DelayedWork<H> {
    /// A work that is not to run.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            work: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Has its queue run it once `after` has passed, in jiffies, rounded up; zero is at once. If it is
    /// to run already, it is for the new time: the kernel's `mod_delayed_work()`. If it runs already, it
    /// will run once more. May be called anywhere.
    ///
    /// Whether it is to run now: not if its instance does not live.
    pub fn arm(&self, after: Duration) -> bool {
        let after = jiffies(after);
        // SAFETY: It is zeroes, or opened (invariant).
        unsafe { bindings::kmod_delayed_work_arm(self.as_ptr(), after) }
    }

    /// Has its queue run it once `after` has passed, as [`arm`](Self::arm), unless it is to run already:
    /// then it stays as it is. The kernel's `queue_delayed_work()`. May be called anywhere.
    ///
    /// Whether this call has done it: not if it was pending before, and not if its instance does not live.
    pub fn queue_after(&self, after: Duration) -> bool {
        let after = jiffies(after);
        // SAFETY: It is zeroes, or opened (invariant).
        let queued = unsafe { bindings::kmod_delayed_work_queue(self.as_ptr(), after) };
        queued == bindings::KMOD_WORK_QUEUED
    }

    /// Has it not run: the kernel's `cancel_delayed_work()`. A handler that runs already is not waited
    /// for, and may arm it again. May be called anywhere.
    ///
    /// Whether it was to run, and had not begun.
    pub fn disarm(&self) -> bool {
        // SAFETY: It is zeroes, or opened (invariant).
        unsafe { bindings::kmod_delayed_work_disarm(self.as_ptr()) }
    }

    /// Whether it is to run, and has not begun: the kernel's `delayed_work_pending()`.
    pub fn is_pending(&self) -> bool {
        // SAFETY: It is zeroes, or opened (invariant).
        unsafe { bindings::kmod_delayed_work_is_pending(self.as_ptr()) }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_delayed_work {
        self.work.get().cast()
    }
}

impl<H: Default> Default for DelayedWork<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

// SAFETY: `kmod_delayed_work_arm()` and `kmod_delayed_work_queue()` pass the gate that `close` shuts, in one
// step with the kernel's functions; `kmod_delayed_work_end()` is `cancel_delayed_work_sync()`, which waits
// for the handler.
unsafe impl<H, I> Queueable<I> for DelayedWork<H>
where
    H: WorkHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn open<F: Field<Instance = I, Type = Self>>(&self, queue: *mut workqueue_struct) {
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not open, `run` is for this field, and the queue is there (the caller's promise).
        unsafe { bindings::kmod_delayed_work_open(self.as_ptr(), Some(run::<H, F>), queue) };
    }

    unsafe fn close(&self) {
        // SAFETY: It is open (the caller's promise).
        unsafe { bindings::kmod_delayed_work_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was opened and shut (the caller's promise).
        unsafe { bindings::kmod_delayed_work_end(self.as_ptr()) };
    }
}

/// What the kernel calls for the work that is the field `F`.
///
/// # Safety
///
/// The kernel calls it with the work that was opened with it.
unsafe extern "C" fn run<H, F>(work: *mut work_struct)
where
    H: WorkHandler,
    F: Field<Type = DelayedWork<H>, Instance: Belongs<H::Instance>>,
{
    // The kernel's delayed work is the first of ours, and its work is the first of that.
    let value = work
        .wrapping_byte_sub(offset_of!(DelayedWork<H>, work))
        .cast();
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<DelayedWork<H>>::new_unchecked(value) };
    let run = |instance: &F::Instance, work: &DelayedWork<H>| {
        let instance = instance.instance();
        work.handler.run(&WorkCall { instance });
    };
    // What is queued while its instance closes does not run.
    // SAFETY: It is registered as `F`, and this is its callback, in process context.
    let _ = unsafe { enter::<F, ()>(value, run) };
}
