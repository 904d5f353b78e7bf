// SPDX-License-Identifier: GPL-2.0-only
//! A queue of the module's or of a device's own, and closures that are put on it.

use core::cell::UnsafeCell;
use core::ffi::c_int;
use core::marker::PhantomData;
use core::mem::{self, MaybeUninit};
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::{self as bindings, kmod_queue_gate, work_struct, workqueue_struct};

use super::WorkQueueField;
use crate::alloc::{Flags, KBox};
use crate::error::Result;
use crate::error::code::{ENODEV, ENOMEM};
use crate::instance::{At, Belongs, Field, Instance, Object, enter};
use crate::sync::Mutex;

/// A queue of the module's or of the device's own: a field under `#[workqueue]`, before the works that
/// are put on it by `#[work(queue = …)]`. The kernel's `struct workqueue_struct`.
///
/// A closure is put on it by [`run`](Self::run), and gets the `I` of which the queue is a field: a
/// `WorkQueue<Ticket>` is one of `Ticket`.
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// Counts letters, later
/// #[kernel_module(name = "letters", license = "GPL")]
/// #[derive(Default)]
/// struct Letters {
///     letters: AtomicU64,
///     #[workqueue(flags(unbound))]
///     later: WorkQueue<Letters>,
///     /// /dev/letters
///     #[misc]
///     device: Device,
/// }
///
/// #[derive(Default)]
/// struct Device;
///
/// #[file_operations]
/// impl FileOperations for Device {
///     type Instance = Letters;
///
///     fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
///         let letters = from.len() as u64;
///         file.instance().later.run(GFP_KERNEL, move |module| {
///             module.letters.fetch_add(letters, Ordering::Relaxed);
///         })?;
///         from.skip(from.len())
///     }
/// }
/// # fn main() {}
/// ```
pub struct WorkQueue<I: 'static = ()> {
    raw: RawQueue,
    gets: PhantomData<fn(&I)>,
}

/// What a queue is whatever its closures get.
///
/// # Invariants
///
/// `queue` is null, or the kernel's queue from when the field is registered until it is unregistered;
/// it becomes null with `flushing` held. `gate` is all zeroes, or was opened at the address where it
/// is, and is open only while the queue is there and `entry` is an `Entry` for this field and the
/// type that its closures get.
pub struct RawQueue {
    queue: AtomicPtr<workqueue_struct>,
    gate: UnsafeCell<MaybeUninit<kmod_queue_gate>>,
    entry: AtomicPtr<()>,
    /// Somebody waits for what is on the queue.
    flushing: Mutex<()>,
}

// SAFETY: The C functions synchronise all that they do with the gate.
unsafe impl Send for RawQueue {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl Sync for RawQueue {}

/// Calls the closure with the `I` that the instance around the queue's field has, if it does not close.
type Entry<I> = unsafe fn(NonNull<RawQueue>, &mut dyn FnMut(&I));

impl RawQueue {
    #[track_caller]
    const fn new() -> Self {
        // INVARIANT: It is null, and all zeroes.
        Self {
            queue: AtomicPtr::new(ptr::null_mut()),
            gate: UnsafeCell::new(MaybeUninit::zeroed()),
            entry: AtomicPtr::new(ptr::null_mut()),
            flushing: Mutex::new(()),
        }
    }

    /// The kernel's queue, or null.
    pub(super) fn as_ptr(&self) -> *mut workqueue_struct {
        self.queue.load(Ordering::Relaxed)
    }

    fn gate(&self) -> *mut kmod_queue_gate {
        self.gate.get().cast()
    }
}

impl<I> WorkQueue<I> {
    /// The largest closure: it is moved over a worker's stack.
    const MAX: usize = 512;

    /// No queue yet.
    #[track_caller]
    pub const fn new() -> Self {
        Self {
            raw: RawQueue::new(),
            gets: PhantomData,
        }
    }

    /// Has a worker call `closure` soon, with the struct of which the queue is a field; it may sleep
    /// then. May be called anywhere where the flags may.
    ///
    /// Closures begin in the order in which they were put there; one after the other they run on a
    /// queue that is
    /// `ordered` only. One that has not begun when its instance is taken away is dropped without being called; one
    /// that runs is waited for.
    ///
    /// # Errors
    ///
    /// `ENOMEM` if there is not enough memory, `ENODEV` if the instance does not live (it is not registered yet, or
    /// is being taken away): `closure` is dropped then.
    #[inline]
    pub fn run<C: FnOnce(&I) + Send + 'static>(&self, flags: Flags, closure: C) -> Result {
        const {
            assert!(
                size_of::<C>() <= Self::MAX,
                "the closure is too large: put what it holds into a `KBox`"
            )
        };
        let task: Task<I, C> = Task {
            work: UnsafeCell::new(MaybeUninit::uninit()),
            queue: NonNull::from_ref(&self.raw),
            closure,
            gets: PhantomData,
        };
        let task = KBox::into_raw(KBox::new(task, flags)?);
        // The work is the first of it.
        let work = task.cast::<work_struct>();
        let (gate, queue) = (self.raw.gate(), self.raw.queue.as_ptr());
        // SAFETY: The gate is zeroes or opened; once it is open, the queue is in its place
        // (invariant). The work is a place of its own, which `call` takes back.
        match unsafe { bindings::kmod_queue_run(gate, queue, work, Some(call::<I, C>)) } {
            true => Ok(()),
            false => {
                // SAFETY: It was given up above, and nobody has got it.
                drop(unsafe { KBox::from_raw(task) });
                Err(ENODEV)
            }
        }
    }

    /// Waits until all has run that is on the queue now: the kernel's `flush_workqueue()`. Not in a
    /// work or a closure that is on this queue: it would wait for itself, for ever.
    ///
    /// # Errors
    ///
    /// `ERESTARTSYS` if a signal came while another one was waiting so, `ENODEV` if the instance does not live.
    pub fn flush(&self) -> Result {
        let _flushing = self.raw.flushing.lock_interruptible()?;
        let queue = NonNull::new(self.raw.as_ptr()).ok_or(ENODEV)?;
        // SAFETY: It is there until `flushing` is free (invariant).
        unsafe { bindings::kmod_workqueue_flush(queue.as_ptr()) };
        Ok(())
    }
}

impl<I> Default for WorkQueue<I> {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

/// A closure on a queue.
#[repr(C)]
struct Task<I: 'static, C> {
    work: UnsafeCell<MaybeUninit<work_struct>>,
    /// A part of a field's value, which stays until this has run.
    queue: NonNull<RawQueue>,
    closure: C,
    gets: PhantomData<fn(&I)>,
}

/// What a worker calls for a closure.
///
/// # Safety
///
/// `work` is the first of a `Task<I, C>` that was put on its queue, of a `WorkQueue<I>`.
unsafe extern "C" fn call<I: 'static, C: FnOnce(&I)>(work: *mut work_struct) {
    // SAFETY: `WorkQueue::run` has given it up, for this call.
    let task = KBox::into_inner(unsafe { KBox::from_raw(work.cast::<Task<I, C>>()) });
    let queue = task.queue;
    let mut closure = Some(task.closure);
    // SAFETY: The queue is destroyed only after this has returned.
    let raw = unsafe { queue.as_ref() };
    // SAFETY: The gate was open when this was queued.
    if unsafe { bindings::kmod_queue_is_open(raw.gate()) } {
        let entry = raw.entry.load(Ordering::Relaxed);
        // SAFETY: It is of this type since before the gate was opened (invariant), which was before
        // this was queued.
        let entry = unsafe { mem::transmute::<*mut (), Entry<I>>(entry) };
        let mut once = |instance: &I| {
            if let Some(closure) = closure.take() {
                closure(instance);
            }
        };
        // SAFETY: It is for this field, and this is a callback of it, in process context.
        unsafe { entry(queue, &mut once) };
    }
}

/// The [`Entry`] of a queue that is the field `F`.
///
/// # Safety
///
/// `raw` is a part of the value of the field `F`, which is registered, and a callback of it runs, in
/// process context.
unsafe fn entry<J, F>(raw: NonNull<RawQueue>, f: &mut dyn FnMut(&J))
where
    J: 'static,
    F: Field<Type = WorkQueue<J>, Instance: Belongs<J>>,
{
    let value = raw
        .as_ptr()
        .wrapping_byte_sub(mem::offset_of!(WorkQueue<J>, raw));
    // SAFETY: It is around a part of it, which is at no null pointer.
    let value = unsafe { NonNull::<WorkQueue<J>>::new_unchecked(value.cast()) };
    // What is queued while its instance closes does not run.
    // SAFETY: It is registered as `F`, and this is its callback, in process context (the caller's
    // promise).
    let _ = unsafe { enter::<F, ()>(value, |instance, _| f(instance.instance())) };
}

/// The type of a field under `#[workqueue]` of the instance `I`.
///
/// # Safety
///
/// [`queue`](OfQueue::queue) always gives the same, a part of the value, and [`entry`](OfQueue::entry) an
/// `Entry` for it and what its closures get.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a queue of works",
    label = "the attribute of this field does not fit its type",
    note = "a queue is `#[workqueue] name: WorkQueue`"
)]
pub unsafe trait OfQueue<I: Instance>: Sized + 'static {
    /// The queue.
    fn queue(&self) -> &RawQueue;

    /// What closures are called by.
    fn entry<F: Field<Instance = I, Type = Self>>() -> *mut ();
}

// SAFETY: It is a part of the value, whose closures get a `J`.
unsafe impl<I: Instance + Belongs<J>, J: 'static> OfQueue<I> for WorkQueue<J> {
    fn queue(&self) -> &RawQueue {
        &self.raw
    }

    fn entry<F: Field<Instance = I, Type = Self>>() -> *mut () {
        let entry: Entry<J> = entry::<J, F>;
        entry as *mut ()
    }
}

/// The queue of a field under `#[workqueue]`.
pub struct WorkQueueObject<F>(PhantomData<fn() -> F>);

impl<F: WorkQueueField> WorkQueueObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// The field's queue.
    ///
    /// # Safety
    ///
    /// `at` is where the instance of this object is, which is placed during `'a`.
    unsafe fn queue<'a>(at: &At) -> &'a RawQueue {
        // SAFETY: The instance is there (the caller's promise).
        unsafe { at.value::<F>() }.queue()
    }
}

// SAFETY: Works are put on it by fields that come after it, which are closed before, and unregistered
// when `unregister` is called; closures pass the gate that `close` shuts, in one step with the kernel's
// `queue_work()`. `destroy_workqueue()` waits for what is in the queue, and then it calls nobody.
unsafe impl<F: WorkQueueField> Object for WorkQueueObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let (name, max_active): (_, c_int) = (F::NAME.as_ptr(), F::MAX_ACTIVE);
        // SAFETY: The name is a C string.
        let made = unsafe { bindings::kmod_workqueue_make(name, F::FLAGS, F::ORDERED, max_active) };
        let made = NonNull::new(made).ok_or(ENOMEM)?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let raw = unsafe { Self::queue(at) };
        // INVARIANT: It is the kernel's, until `unregister`, and the entry is for this field.
        raw.queue.store(made.as_ptr(), Ordering::Relaxed);
        raw.entry.store(F::Type::entry::<F>(), Ordering::Relaxed);
        // SAFETY: It is not open, and stays where it is until it is shut.
        unsafe { bindings::kmod_queue_open(raw.gate()) };
        Ok(())
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let raw = unsafe { Self::queue(at) };
        // SAFETY: It is open: it was registered (the caller's promise).
        unsafe { bindings::kmod_queue_shut(raw.gate()) };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let raw = unsafe { Self::queue(at) };
        let flushing = raw.flushing.lock();
        // INVARIANT: It is null before the queue goes; nobody waits for what is on it.
        let queue = raw.queue.swap(ptr::null_mut(), Ordering::Relaxed);
        drop(flushing);
        // SAFETY: `register` has made it, and nobody puts a work on it any more.
        unsafe { bindings::destroy_workqueue(queue) };
    }
}
