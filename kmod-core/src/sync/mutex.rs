// SPDX-License-Identifier: GPL-2.0-only
//! `struct mutex`.

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use super::lazy::{Lazy, words};
use crate::error::Result;
use crate::error::code::ERESTARTSYS;

const WORDS: usize = words(kmod_bindings::KMOD_MUTEX_SIZE);

/// Data that one task at a time may use; the others sleep. Only for process context.
///
/// ```
/// use kmod_core::sync::Mutex;
///
/// static TOTAL: Mutex<u32> = Mutex::new(0);
/// *TOTAL.lock() += 1;
/// ```
#[derive(Default)]
pub struct Mutex<T> {
    raw: Lazy<WORDS>,
    data: UnsafeCell<T>,
}

// SAFETY: The data goes where the mutex goes.
unsafe impl<T: Send> Send for Mutex<T> {}
// SAFETY: One task at a time gets at the data, so `T` need not be `Sync`.
unsafe impl<T: Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    /// A free mutex around `data`.
    pub const fn new(data: T) -> Self {
        Self {
            raw: Lazy::new(),
            data: UnsafeCell::new(data),
        }
    }

    /// Waits until it is free, whatever signals come.
    #[inline]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        let raw = self.raw.get(kmod_bindings::kmod_mutex_prepare);
        // SAFETY: The mutex is initialised.
        unsafe { kmod_bindings::kmod_mutex_lock(raw) };
        MutexGuard::new(self)
    }

    /// Waits until it is free or a signal comes.
    ///
    /// # Errors
    /// ERESTARTSYS on a signal: handed on, the system call is restarted or gives EINTR, as the
    /// signal's handler wants it.
    #[inline]
    pub fn lock_interruptible(&self) -> Result<MutexGuard<'_, T>> {
        let raw = self.raw.get(kmod_bindings::kmod_mutex_prepare);
        // SAFETY: The mutex is initialised.
        match unsafe { kmod_bindings::kmod_mutex_lock_interruptible(raw) } {
            0 => Ok(MutexGuard::new(self)),
            _ => Err(ERESTARTSYS),
        }
    }

    /// Takes it if it is free.
    #[inline]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        let raw = self.raw.get(kmod_bindings::kmod_mutex_prepare);
        // SAFETY: The mutex is initialised.
        let locked = unsafe { kmod_bindings::kmod_mutex_trylock(raw) } != 0;
        locked.then(|| MutexGuard::new(self))
    }

    /// The data, which nobody else can use.
    pub fn get_mut(&mut self) -> &mut T {
        self.data.get_mut()
    }

    /// The data without the mutex.
    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<T: fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.try_lock() {
            Some(data) => f.debug_tuple("Mutex").field(&*data).finish(),
            None => f.write_str("Mutex(<locked>)"),
        }
    }
}

/// Access to a [`Mutex`]'s data, until it is dropped; by the task that locked it.
#[must_use = "the mutex is unlocked when this is dropped"]
pub struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    /// A mutex is unlocked by the task that locked it.
    not_send: PhantomData<*mut ()>,
}

// SAFETY: It gives `&T`.
unsafe impl<T: Sync> Sync for MutexGuard<'_, T> {}

impl<'a, T> MutexGuard<'a, T> {
    /// The guard of a mutex that the caller has just locked.
    fn new(mutex: &'a Mutex<T>) -> Self {
        Self {
            mutex,
            not_send: PhantomData,
        }
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: This task has locked it.
        unsafe { kmod_bindings::kmod_mutex_unlock(self.mutex.raw.locked()) };
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: The mutex is locked.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: The mutex is locked, and the guard borrowed mutably.
        unsafe { &mut *self.mutex.data.get() }
    }
}
