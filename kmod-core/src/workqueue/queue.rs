// SPDX-License-Identifier: GPL-2.0-only
//! The queues that works are put on: the system's, and a module's own.

use core::ffi::{CStr, c_int, c_uint};
use core::marker::PhantomData;
use core::ptr;

use kmod_bindings::{self as bindings, workqueue_struct};

use super::own::OfQueue;
use crate::error::Result;
use crate::instance::{At, Field, Instance, Object, field};

/// A work of the instance `I`, which can be put on any queue.
///
/// # Safety
///
/// [`open`](Queueable::open), [`close`](Queueable::close) and [`unregister`](Queueable::unregister) do
/// what [`Object`]'s `register` and functions of these names promise, and the value is put on no other
/// queue.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a work that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a work is `#[work] name: Work<Handler>`, or `DelayedWork<Handler>`"
)]
pub unsafe trait Queueable<I: Instance>: Sized + 'static {
    /// Registers it, to be put on this queue, or on that of `schedule_work()` for a null pointer.
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, is not registered, and stays where it is until
    /// it was unregistered; so long the queue is there.
    unsafe fn open<F: Field<Instance = I, Type = Self>>(&self, queue: *mut workqueue_struct);

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

/// A queue that works of an instance are put on.
///
/// # Safety
///
/// What [`of`](Queue::of) gives is a queue that is there as long as objects are registered which come
/// after it in the instance, or null.
pub unsafe trait Queue<I>: 'static {
    /// The kernel's queue.
    fn of(instance: &I) -> *mut workqueue_struct;

    /// Waits for what is on it, where the kernel wants that before it waits for a single work. Gates
    /// are shut.
    fn settle(instance: &I) {
        let _ = instance;
    }
}

/// One of the system's queues: 0 for that of `schedule_work()`.
pub struct SystemQueue<const WHICH: u32>;

/// Which of the system's queues has this name, one of those that `#[work(queue = "…")]` takes.
pub const fn system_queue(name: &str) -> u32 {
    match name.as_bytes() {
        b"highpri" => bindings::KMOD_QUEUE_HIGHPRI,
        b"long" => bindings::KMOD_QUEUE_LONG,
        b"unbound" => bindings::KMOD_QUEUE_UNBOUND,
        b"freezable" => bindings::KMOD_QUEUE_FREEZABLE,
        _ => 0,
    }
}

// SAFETY: The system's queues are always there.
unsafe impl<I, const WHICH: u32> Queue<I> for SystemQueue<WHICH> {
    fn of(_instance: &I) -> *mut workqueue_struct {
        if WHICH == 0 {
            ptr::null_mut()
        } else {
            // SAFETY: It has no preconditions.
            unsafe { bindings::kmod_system_queue(WHICH) }
        }
    }
}

/// The queue that is the field `Q`.
pub struct OwnQueue<Q>(PhantomData<fn() -> Q>);

// SAFETY: `WorkQueueObject` makes the queue when it is registered, and destroys it when it is
// unregistered, which objects that come after it are by then.
unsafe impl<Q: WorkQueueField> Queue<Q::Instance> for OwnQueue<Q> {
    fn of(instance: &Q::Instance) -> *mut workqueue_struct {
        field::<Q>(instance).queue().as_ptr()
    }

    fn settle(instance: &Q::Instance) {
        // SAFETY: The queue is there: works on it are registered (`Queue`'s contract).
        unsafe { bindings::kmod_workqueue_settle(Self::of(instance)) };
    }
}

/// A field under `#[work]`.
pub trait WorkField: Field<Type: Queueable<Self::Instance>> {
    /// The queue that it is put on; its field comes before this one.
    type Queue: Queue<Self::Instance>;
}

/// The work that a field's value is.
pub struct Queued<F>(PhantomData<fn() -> F>);

impl<F: WorkField> Queued<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `Queueable`, whose contract is this one's.
unsafe impl<F: WorkField> Object for Queued<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let instance: &F::Instance = unsafe { at.instance() };
        let queue = F::Queue::of(instance);
        // SAFETY: It is this field of the instance, and not registered (the caller's promise); the queue is
        // there until it was unregistered (`Queue`'s contract).
        unsafe { field::<F>(instance).open::<F>(queue) };
        Ok(())
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let instance: &F::Instance = unsafe { at.instance() };
        // SAFETY: It is registered (the caller's promise).
        unsafe { field::<F>(instance).close() };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let instance: &F::Instance = unsafe { at.instance() };
        F::Queue::settle(instance);
        // SAFETY: It is registered and closed (the caller's promise).
        unsafe { field::<F>(instance).unregister() };
    }
}

/// A field under `#[workqueue]`.
pub trait WorkQueueField: Field<Type: OfQueue<Self::Instance>> {
    /// The queue's name: that of its rescuer, and of its workers while they work for it.
    const NAME: &'static CStr;
    /// What the kernel is told of it.
    const FLAGS: c_uint = 0;
    /// It runs one work at a time, in the order in which they were queued.
    const ORDERED: bool = false;
    /// How many of its works run at once on a CPU; 0 for the kernel's own number.
    const MAX_ACTIVE: c_int = 0;
}

/// The kernel's flags of these names, which are those that `#[workqueue(flags(…))]` takes.
pub const fn work_queue_flags(mut names: &[&str]) -> c_uint {
    let mut flags = 0;
    while let [name, others @ ..] = names {
        flags |= match name.as_bytes() {
            b"unbound" => bindings::KMOD_WQ_UNBOUND,
            b"freezable" => bindings::KMOD_WQ_FREEZABLE,
            b"mem_reclaim" => bindings::KMOD_WQ_MEM_RECLAIM,
            b"highpri" => bindings::KMOD_WQ_HIGHPRI,
            b"cpu_intensive" => bindings::KMOD_WQ_CPU_INTENSIVE,
            b"sysfs" => bindings::KMOD_WQ_SYSFS,
            _ => 0,
        };
        names = others;
    }
    flags
}
