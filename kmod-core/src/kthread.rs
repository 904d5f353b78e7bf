// SPDX-License-Identifier: GPL-2.0-only
//! Threads of the module's own, the kernel's `kthread_run()`.
//!
//! A thread is for what goes on all the time, or waits most of it. For what is done now and then a
//! [work](mod@crate::workqueue) takes no task of its own.
//!
//! ```
//! use core::time::Duration;
//! use kmod_core::prelude::*;
//!
//! /// Counts seconds
//! #[kernel_module(name = "seconds", license = "GPL")]
//! #[derive(Default)]
//! struct Seconds {
//!     passed: AtomicU32,
//!     #[kthread(nice = 5)]
//!     counter: Kthread<Counter>,
//! }
//!
//! #[derive(Default)]
//! struct Counter;
//!
//! #[handlers]
//! impl KthreadHandler for Counter {
//!     type Instance = Seconds;
//!
//!     fn run(&self, stop: &Stop<'_, Self>) -> Result {
//!         loop {
//!             stop.sleep(Duration::from_secs(1))?;
//!             stop.instance().passed.fetch_add(1, Ordering::Relaxed);
//!         }
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int};
use core::marker::PhantomData;
use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;
use core::time::Duration;

use kmod_bindings::{self as bindings, kmod_kthread};

use crate::error::code::{ENODEV, ETIMEDOUT};
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, enter};
use crate::sync::{Shared, WaitQueue};

/// What a [`Kthread`] does, in a task of its own: it may sleep.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a thread does",
    label = "a thread's handler says so",
    note = "write `#[handlers] impl KthreadHandler for {Self} {{ fn run(…) -> Result {{ … }} }}`"
)]
pub trait KthreadHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the thread is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Does it, from when the thread is registered. It may return at any time, and is called again if
    /// the thread is [started](Kthread::start); it never runs twice at once. Who takes the instance away
    /// waits for it: it has to return once `stop` says so.
    ///
    /// # Errors
    ///
    /// Whatever it likes, for nobody looks at it: it is there for `?`, by which a sleep that ends
    /// because the thread is to stop ends the thread.
    fn run(&self, stop: &Stop<'_, Self>) -> Result;
}

/// Whether a thread is to return, and what it may use until then.
pub struct Stop<'a, H: KthreadHandler> {
    thread: &'a Kthread<H>,
    instance: &'a H::Instance,
}

impl<'a, H: KthreadHandler> Stop<'a, H> {
    /// Whether the thread is to return, since its instance or the module is being taken away, or
    /// [somebody has asked](Kthread::request_stop) for it: what `kthread_should_stop()` is for.
    pub fn is_requested(&self) -> bool {
        // SAFETY: It was made, since it runs.
        unsafe { bindings::kmod_kthread_is_stopped(self.thread.as_ptr()) }
    }

    /// Sleeps for at least so long (in jiffies, rounded up), whatever signals come.
    ///
    /// # Errors
    ///
    /// `ENODEV`, at once, when the thread is to return. A sleep in a [`WaitQueue`] or a
    /// [`Completion`](crate::sync::Completion) ends with the same then, and with nothing else.
    pub fn sleep(&self, duration: Duration) -> Result {
        let sleep = self.thread.queue.idle().timeout(duration);
        match sleep.wait(|| self.is_requested()) {
            Err(error) if error == ETIMEDOUT => Ok(()),
            _ => Err(ENODEV),
        }
    }

    /// The struct of which the thread is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// A thread with its handler: a field under `#[kthread]`.
///
/// Its handler runs from when the field is registered; those after it may not be registered yet then,
/// and what is armed of them does nothing. A thread that no attribute knows never runs.
///
/// # Invariants
///
/// `thread` is all zeroes, or was made at the address where it is, as the field of an instance, and
/// then the value is not moved before it was ended.
pub struct Kthread<H> {
    thread: UnsafeCell<MaybeUninit<kmod_kthread>>,
    /// Where it sleeps until it is to stop.
    queue: WaitQueue,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for Kthread<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for Kthread<H> {}

impl<H> Kthread<H> {
    /// A thread that does not run.
    #[track_caller]
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            thread: UnsafeCell::new(MaybeUninit::zeroed()),
            queue: WaitQueue::new(),
            handler,
        }
    }

    /// Has it run its handler once more, which has returned; if it runs already, it will once it has.
    /// May be called anywhere.
    ///
    /// Whether this call has done it: not if it was started before and has not begun, and not if its
    /// instance does not live.
    pub fn start(&self) -> bool {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_kthread_start(self.as_ptr()) }
    }

    /// Has its handler return, if it runs: [`Stop::is_requested`] says so, and [`Stop::sleep`] ends
    /// with `ENODEV`, until it is [started](Self::start) again. If it was started and has not begun,
    /// it does not begin. It does not wait; whoever wants to has the handler complete a
    /// [`Completion`](crate::sync::Completion). May be called anywhere. Other sleeps of the handler
    /// do not end by it: what they wait for has to say so.
    pub fn request_stop(&self) {
        // SAFETY: It is zeroes, or made (invariant).
        if unsafe { bindings::kmod_kthread_ask(self.as_ptr()) } {
            self.queue.wake_up_all();
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_kthread {
        self.thread.get().cast()
    }
}

impl<H: Default> Default for Kthread<H> {
    #[track_caller]
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// The type of a field under `#[kthread]` of the instance `I`.
///
/// # Safety
///
/// [`make`](Thread::make), [`close`](Thread::close) and [`unregister`](Thread::unregister) do what
/// [`Object`]'s `register` and functions of these names promise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a thread that `{I}` can have",
    label = "the attribute of this field does not fit its type",
    note = "a thread is `#[kthread] name: Kthread<Handler>`"
)]
pub unsafe trait Thread<I: Instance>: Sized + 'static {
    /// Makes it, and has it run.
    ///
    /// # Errors
    ///
    /// As [`Object::register`].
    ///
    /// # Safety
    ///
    /// The value is the field `F` of a placed instance, is not registered, and stays where it is until
    /// it was unregistered.
    unsafe fn make<F: KthreadField<Instance = I, Type = Self>>(&self) -> Result;

    /// Has it not begin any more, and tells it to stop. It does not wait.
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

// SAFETY: The body begins only while the gate is open that `close` shuts; `kmod_kthread_end()` is
// `kthread_stop()`, which waits for the task's end.
unsafe impl<H, I> Thread<I> for Kthread<H>
where
    H: KthreadHandler,
    I: Instance + Belongs<H::Instance>,
{
    unsafe fn make<F: KthreadField<Instance = I, Type = Self>>(&self) -> Result {
        let (name, nice, cpu) = (F::NAME.as_ptr(), F::NICE, F::CPU);
        // INVARIANT: It is where it stays (the caller's promise).
        // SAFETY: It is not made yet, `run` is for this field, and the name is a C string.
        let made = unsafe {
            bindings::kmod_kthread_make(self.as_ptr(), Some(run::<H, F>), name, nice, cpu)
        };
        to_result(made).map(drop)
    }

    unsafe fn close(&self) {
        // SAFETY: It is made (the caller's promise).
        unsafe { bindings::kmod_kthread_shut(self.as_ptr()) };
        self.queue.wake_up_all();
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was made and shut (the caller's promise).
        unsafe { bindings::kmod_kthread_end(self.as_ptr()) };
    }
}

/// What the thread that is the field `F` runs.
///
/// # Safety
///
/// The thread that was made with it calls it.
unsafe extern "C" fn run<H, F>(thread: *mut kmod_kthread)
where
    H: KthreadHandler,
    F: Field<Type = Kthread<H>, Instance: Belongs<H::Instance>>,
{
    let value = thread.wrapping_byte_sub(offset_of!(Kthread<H>, thread));
    // SAFETY: It is a part of the field's value, which is at no null pointer.
    let value = unsafe { NonNull::<Kthread<H>>::new_unchecked(value.cast()) };
    let run = |instance: &F::Instance, thread: &Kthread<H>| {
        let instance = instance.instance();
        // Nobody is there to be told.
        let _ = thread.handler.run(&Stop { thread, instance });
    };
    // What is started while its instance closes does not run.
    // SAFETY: It is registered as `F`, and this is its callback, in process context.
    let _ = unsafe { enter::<F, ()>(value, run) };
}

/// A field under `#[kthread]`.
pub trait KthreadField: Field<Type: Thread<Self::Instance>> {
    /// The task's name.
    const NAME: &'static CStr;
    /// Its nice value.
    const NICE: c_int = 0;
    /// The CPU on which it stays; negative for any.
    const CPU: c_int = -1;
}

/// The thread of a field under `#[kthread]`.
pub struct KthreadObject<F>(PhantomData<fn() -> F>);

impl<F: KthreadField> KthreadObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: By the promise of `Thread`, whose contract is this one's.
unsafe impl<F: KthreadField> Object for KthreadObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (the caller's promise).
        let thread = unsafe { at.value::<F>() };
        // SAFETY: It is this field of the instance, and not registered (the caller's promise).
        unsafe { thread.make::<F>() }
    }

    unsafe fn close(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let thread = unsafe { at.value::<F>() };
        // SAFETY: It is registered (the caller's promise).
        unsafe { thread.close() };
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let thread = unsafe { at.value::<F>() };
        // SAFETY: It is registered and closed (the caller's promise).
        unsafe { thread.unregister() };
    }
}
