// SPDX-License-Identifier: GPL-2.0-only
//! A work that is queued at once.

use core::cell::UnsafeCell;
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, kmod_work, work_struct, workqueue_struct};

use super::{Queueable, WorkCall, WorkHandler};
use crate::error::{Result, to_result};
use crate::instance::{Belongs, Field, Instance, enter};

/// A work with its handler: a field under `#[work]`.
///
/// It can be queued while its instance lives: from when its objects are registered until the module is
/// unloaded or the device is taken away. Before and after that, and if no attribute knows it, queueing
/// it does nothing.
///
/// # Invariants
///
/// `work` is all zeroes, or was opened at the address where it is, as the field of an instance, and
/// then the value is not moved before it was ended.
pub struct Work<H> {
    work: UnsafeCell<MaybeUninit<kmod_work>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for Work<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for Work<H> {}

impl<H> Work<H> {
    /// A work that is not queued.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            work: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Has a worker of its queue run it soon: the kernel's `queue_work()`. If it runs already, it
    /// will run once more. May be called anywhere.
    ///
    /// Whether this call has queued it: not if it was queued before and has not begun, and not if its
    /// instance does not live.
    pub fn queue(&self) -> bool {
        // SAFETY: It is zeroes, or opened (invariant).
        let queued = unsafe { bindings::kmod_work_queue(self.as_ptr()) };
        queued == bindings::KMOD_WORK_QUEUED
    }

    /// Whether it is queued, and has not begun: the kernel's `work_pending()`.
    pub fn is_pending(&self) -> bool {
        // SAFETY: It is zeroes, or opened (invariant).
        unsafe { bindings::kmod_work_is_pending(self.as_ptr()) }
    }

    /// Waits until its handler has returned, if it is queued or runs: the kernel's `flush_work()`.
    /// Not in a work that its queue would run before it (on an `ordered` one): it would wait for
    /// itself, for ever.
    ///
    /// # Errors
    ///
    /// `EDEADLK` in its own handler, `ENODEV` if its instance never lived. Then it does not wait.
    pub fn flush(&self) -> Result {
        // SAFETY: It is zeroes, or opened (invariant).
        to_result(unsafe { bindings::kmod_work_flush(self.as_ptr()) }).map(drop)
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_work {
        self.work.get().cast()
    }
}

impl<H: Default> Default for Work<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

// SAFETY: `kmod_work_queue()` passes the gate that `close` shuts, in one step with the kernel's
// `queue_work()`; `kmod_work_end()` is `cancel_work_sync()`, which waits for the handler.
unsafe impl<H, I> Queueable<I> for Work<H>
where
    H: WorkHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn open<F: Field<Instance = I, Type = Self>>(&self, queue: *mut workqueue_struct) {
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not open, `run` is for this field, and the queue is there (the caller's promise).
        unsafe { bindings::kmod_work_open(self.as_ptr(), Some(run::<H, F>), queue) };
    }

    unsafe fn close(&self) {
        // SAFETY: It is open (the caller's promise).
        unsafe { bindings::kmod_work_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was opened and shut (the caller's promise).
        unsafe { bindings::kmod_work_end(self.as_ptr()) };
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
    F: Field<Type = Work<H>, Instance: Belongs<H::Instance>>,
{
    // The kernel's work is the first of ours.
    let value = work.wrapping_byte_sub(offset_of!(Work<H>, work)).cast();
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<Work<H>>::new_unchecked(value) };
    let run = |instance: &F::Instance, work: &Work<H>| {
        let instance = instance.instance();
        work.handler.run(&WorkCall { instance });
    };
    // What is queued while its instance closes does not run.
    // SAFETY: It is registered as `F`, and this is its callback, in process context.
    let _ = unsafe { enter::<F, ()>(value, run) };
}
