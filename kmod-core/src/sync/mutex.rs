// SPDX-License-Identifier: GPL-2.0-only
//! A lock whose waiters sleep.

use core::cell::UnsafeCell;
use core::ffi::{c_uint, c_ulong};
use core::fmt;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicUsize, Ordering, fence};

use kmod_bindings as bindings;

use super::site::Site;
use crate::error::Result;
use crate::error::code::ERESTARTSYS;

/// The bit of the state that says "held": bit 0. The others count those who may be asleep.
const HELD: usize = 1;

/// One of those who may be asleep.
const WAITER: usize = 2;

/// A value that one task at a time may use; the others sleep until it is free.
///
/// To be locked where sleeping is allowed: in handlers, `init` and `drop`, not inside
/// [`SpinLock::with`](super::SpinLock::with).
///
/// It is a bit that the kernel waits for (`wait_on_bit_lock()`, as for the lock of a page), not a
/// `struct mutex`: that one notes which task holds it, and so would be left with a dangling
/// pointer when safe code forgets a guard and its task ends. A bit has no owner, no address of its
/// own and nothing to initialise. What it lacks for that: no priority inheritance on `PREEMPT_RT`, and
/// no spinning before sleeping. A kernel's lockdep is told of it as of a `struct mutex`.
///
/// ```
/// use kmod_core::sync::Mutex;
///
/// let count = Mutex::new(1);
/// *count.lock() += 1;
/// assert_eq!(*count.lock(), 2);
/// ```
///
/// # Invariants
///
/// Whoever has set `HELD` in `state` is the only one to touch `value`. Each `WAITER` in `state` is
/// one who may be asleep until it is cleared.
#[repr(C)]
pub struct Mutex<T: ?Sized> {
    state: AtomicUsize,
    site: Site,
    value: UnsafeCell<T>,
}

// SAFETY: The value goes along with the lock.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}

// SAFETY: One task at a time reaches the value (invariant).
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    /// How far into it the value is, in bytes: the same for all that are aligned alike.
    pub(crate) const VALUE: usize = offset_of!(Self, value);

    /// A free lock around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Self {
            state: AtomicUsize::new(0),
            site: Site::of_caller(),
            value: UnsafeCell::new(value),
        }
    }

    /// The value, without its lock.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the lock is free and takes it. Signals do not end the wait; a task that holds
    /// it already waits for ever.
    #[inline]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.tell_begin(false);
        if !self.take() {
            // It returns only with the bit set.
            wait(&self.state, bindings::KMOD_TASK_UNINTERRUPTIBLE);
        }
        MutexGuard::new(self)
    }

    /// The same, but a signal ends the wait.
    ///
    /// # Errors
    ///
    /// `ERESTARTSYS` if a signal came first: the system call is begun again, or is `EINTR`.
    #[inline]
    pub fn lock_interruptible(&self) -> Result<MutexGuard<'_, T>> {
        self.tell_begin(false);
        if !self.take() && !wait(&self.state, bindings::KMOD_TASK_INTERRUPTIBLE) {
            self.tell_end();
            return Err(ERESTARTSYS);
        }
        Ok(MutexGuard::new(self))
    }

    /// Takes the lock if it is free.
    #[inline]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        if !self.take() {
            return None;
        }
        self.tell_begin(true);
        Some(MutexGuard::new(self))
    }

    /// The value: who has the lock to themselves needs no lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// Sets the bit, and says whether that took the lock.
    #[inline]
    fn take(&self) -> bool {
        self.state.fetch_or(HELD, Ordering::Acquire) & HELD == 0
    }

    #[inline]
    fn unlock(&self) {
        self.tell_end();
        // One word holds both, so either we see the waiter, or it sees the free bit.
        if self.state.fetch_sub(HELD, Ordering::Release) != HELD {
            wake(&self.state);
        }
    }

    /// Tells lockdep, where it is, that this task will hold the lock; or, if it `tries`, that it does.
    #[inline(always)]
    fn tell_begin(&self, tries: bool) {
        let mutex = self.state.as_ptr().cast();
        self.site.tell(|site, name| {
            // SAFETY: Site and name are constants of the module, and of the mutex only the address counts.
            unsafe { bindings::kmod_mutex_acquire(mutex, site, name, tries) };
        });
    }

    /// Tells it that this task will not hold it any more.
    #[inline(always)]
    fn tell_end(&self) {
        let mutex = self.state.as_ptr().cast();
        self.site.tell(|site, name| {
            // SAFETY: Site and name are constants of the module, and of the mutex only the address counts.
            unsafe { bindings::kmod_mutex_release(mutex, site, name) };
        });
    }
}

/// Sleeps until the bit is taken, or, if `mode` is interruptible, a signal comes; says whether it
/// is taken.
#[cold]
#[inline(never)]
fn wait(state: &AtomicUsize, mode: c_uint) -> bool {
    state.fetch_add(WAITER, Ordering::Relaxed);
    // SAFETY: The word lives longer than the call, and atomics may be changed by the kernel's
    // atomic bit operations.
    let waited = unsafe {
        bindings::out_of_line_wait_on_bit_lock(word(state), 0, Some(bindings::bit_wait), mode)
    };
    state.fetch_sub(WAITER, Ordering::Relaxed);
    waited == 0
}

/// Wakes one who waits for the bit, which has been cleared.
#[cold]
#[inline(never)]
fn wake(state: &AtomicUsize) {
    // The kernel asks for a barrier between the bit and its look at who is asleep.
    fence(Ordering::SeqCst);
    // SAFETY: The address is only a key for the kernel's table of waiters.
    unsafe { bindings::wake_up_bit(word(state), 0) };
}

/// Newer kernels name the type.
fn word<T>(state: &AtomicUsize) -> *mut T {
    const { assert!(size_of::<c_ulong>() == size_of::<usize>()) };
    state.as_ptr().cast()
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.try_lock() {
            Some(value) => f.debug_tuple("Mutex").field(&&*value).finish(),
            None => f.write_str("Mutex(<locked>)"),
        }
    }
}

/// A locked [`Mutex`]; dropping it gives the lock back.
///
/// # Invariants
///
/// The mutex is held, for this guard.
#[must_use = "the lock is given back at once if the guard is not kept"]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    /// The task that took it gives it back.
    not_send: PhantomData<*mut ()>,
}

// SAFETY: A shared guard gives only `&T`.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// The guard of a lock that the caller has just taken.
    #[inline]
    fn new(mutex: &'a Mutex<T>) -> Self {
        Self {
            mutex,
            not_send: PhantomData,
        }
    }

    /// The mutex that it locks.
    pub(super) fn mutex(&self) -> &'a Mutex<T> {
        self.mutex
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: The mutex is held for this guard (invariant), which is borrowed.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: The mutex is held for this guard (invariant), which is borrowed exclusively.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.mutex.unlock();
    }
}
