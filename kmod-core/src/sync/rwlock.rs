// SPDX-License-Identifier: GPL-2.0-only
//! A lock of many readers or one writer, whose waiters sleep.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::{self as bindings, kmod_rwsem, rw_semaphore};

use super::holder::names_holder;
use super::site::Site;
use crate::error::Result;
use crate::error::code::EINTR;

/// A value that many tasks may read at a time, or one change; the others sleep meanwhile.
///
/// The kernel's `struct rw_semaphore`, for tasks: in handlers, `init` and `drop`, not inside
/// [`SpinLock::with`](super::SpinLock::with) and not in a timer's handler (a build that finds a
/// [way](crate::context) to it there ends). It is used by [`read`](Self::read) and
/// [`write`](Self::write) alone, since it notes which task holds it: a guard could be forgotten, and the
/// note outlive the task. A task that panics in there is kept for that.
///
/// Who waits to write goes before those who come to read after that. So a task that reads waits for
/// ever if it comes to read the same value once more, and a writer does in any case: the kernel's
/// lockdep reports both.
///
/// ```
/// use kmod_core::sync::RwLock;
///
/// let limits = RwLock::new((1, 2));
/// limits.write(|limits| limits.1 = 3);
/// assert_eq!(limits.read(|limits| limits.0 + limits.1), 4);
/// ```
///
/// # Invariants
///
/// `sem` is all zeroes or was initialised at the address that its `home` holds, which need not be the
/// present one. It can be held only while `read`, `write` and their kin borrow it, and thus is free when
/// it is moved.
pub struct RwLock<T> {
    sem: UnsafeCell<MaybeUninit<kmod_rwsem>>,
    site: Site,
    value: UnsafeCell<T>,
}

// SAFETY: The value goes along with the lock.
unsafe impl<T: Send> Send for RwLock<T> {}

// SAFETY: Several tasks get `&T` at a time, or one `&mut T`.
unsafe impl<T: Send + Sync> Sync for RwLock<T> {}

impl<T> RwLock<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Self {
            // INVARIANT: All zeroes.
            sem: UnsafeCell::new(MaybeUninit::zeroed()),
            site: Site::of_caller(),
            value: UnsafeCell::new(value),
        }
    }

    /// Waits until nobody changes the value, and calls `f` with it: `down_read()`. Signals do not end
    /// the wait.
    #[inline]
    pub fn read<R>(&self, f: impl FnOnce(&T) -> R) -> R {
        let sem = self.settled();
        // SAFETY: It is initialised where it is.
        unsafe { bindings::down_read(sem) };
        // SAFETY: It was taken above.
        unsafe { self.reading(sem, f) }
    }

    /// The same, but a signal that kills ends the wait: `down_read_killable()`.
    ///
    /// # Errors
    ///
    /// `EINTR` if such a signal came first.
    #[inline]
    pub fn read_killable<R>(&self, f: impl FnOnce(&T) -> R) -> Result<R> {
        let sem = self.settled();
        // SAFETY: It is initialised where it is.
        if unsafe { bindings::down_read_killable(sem) } != 0 {
            return Err(EINTR);
        }
        // SAFETY: It was taken above.
        Ok(unsafe { self.reading(sem, f) })
    }

    /// Calls `f` with the value if that takes no waiting: `down_read_trylock()`.
    #[inline]
    pub fn try_read<R>(&self, f: impl FnOnce(&T) -> R) -> Option<R> {
        let sem = self.settled();
        // SAFETY: It is initialised where it is.
        if unsafe { bindings::down_read_trylock(sem) } == 0 {
            return None;
        }
        // SAFETY: It was taken above.
        Some(unsafe { self.reading(sem, f) })
    }

    /// Waits until nobody has the value, and calls `f` with it: `down_write()`. Signals do not end the
    /// wait.
    #[inline]
    pub fn write<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        let sem = self.settled();
        // SAFETY: It is initialised where it is.
        unsafe { bindings::down_write(sem) };
        // SAFETY: It was taken above.
        unsafe { self.writing(sem, f) }
    }

    /// The same, but a signal that kills ends the wait: `down_write_killable()`.
    ///
    /// # Errors
    ///
    /// `EINTR` if such a signal came first.
    #[inline]
    pub fn write_killable<R>(&self, f: impl FnOnce(&mut T) -> R) -> Result<R> {
        let sem = self.settled();
        // SAFETY: It is initialised where it is.
        if unsafe { bindings::down_write_killable(sem) } != 0 {
            return Err(EINTR);
        }
        // SAFETY: It was taken above.
        Ok(unsafe { self.writing(sem, f) })
    }

    /// Calls `f` with the value if that takes no waiting: `down_write_trylock()`.
    #[inline]
    pub fn try_write<R>(&self, f: impl FnOnce(&mut T) -> R) -> Option<R> {
        let sem = self.settled();
        // SAFETY: It is initialised where it is.
        if unsafe { bindings::down_write_trylock(sem) } == 0 {
            return None;
        }
        // SAFETY: It was taken above.
        Some(unsafe { self.writing(sem, f) })
    }

    /// The value: who has the lock to themselves needs no lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// The value, without its lock.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }

    /// The kernel's lock, initialised where it is.
    #[inline]
    fn settled(&self) -> *mut rw_semaphore {
        let rwsem = self.sem.get().cast::<kmod_rwsem>();
        // SAFETY: It is within the value.
        let home = unsafe { &raw mut (*rwsem).home };
        // SAFETY: It is all zeroes or was set by `kmod_rwsem_settle()`, atomically (invariant).
        let home = unsafe { AtomicPtr::from_ptr(home.cast::<*mut kmod_rwsem>()) };
        if home.load(Ordering::Acquire) != rwsem {
            // SAFETY: Nobody holds it at another address (invariant).
            unsafe { settle(rwsem, self.site) };
        }
        // SAFETY: It is within the value.
        unsafe { &raw mut (*rwsem).sem }
    }

    /// Calls `f` and gives the lock back.
    ///
    /// # Safety
    ///
    /// `sem` is this one's, and was taken for reading.
    #[inline]
    unsafe fn reading<R>(&self, sem: *mut rw_semaphore, f: impl FnOnce(&T) -> R) -> R {
        // SAFETY: While it is held, nobody changes the value (this function's contract).
        let result = f(unsafe { &*self.value.get() });
        // SAFETY: It was taken (this function's contract). A panic does not unwind.
        unsafe { bindings::up_read(sem) };
        result
    }

    /// Calls `f` and gives the lock back.
    ///
    /// # Safety
    ///
    /// `sem` is this one's, and was taken for writing.
    #[inline]
    unsafe fn writing<R>(&self, sem: *mut rw_semaphore, f: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: While it is held, nobody else has the value (this function's contract).
        let result = f(unsafe { &mut *self.value.get() });
        // SAFETY: It was taken (this function's contract). A panic does not unwind.
        unsafe { bindings::up_write(sem) };
        result
    }
}

/// Initialises a lock where it is, which need not be where it was.
///
/// # Safety
///
/// It is all zeroes, or was initialised, and nobody holds it.
#[cold]
#[inline(never)]
unsafe fn settle(rwsem: *mut kmod_rwsem, site: Site) {
    names_holder();
    let mut told = (ptr::null(), ptr::null());
    site.tell(|site, name| told = (site, name));
    // SAFETY: Nobody holds it (this function's contract). Site and name are constants of the module.
    unsafe { bindings::kmod_rwsem_settle(rwsem, told.0, told.1) };
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}
