// SPDX-License-Identifier: GPL-2.0-only
//! `spinlock_t`.

use core::cell::UnsafeCell;
use core::ffi::c_ulong;
use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use super::lazy::{Lazy, words};

const WORDS: usize = words(kmod_bindings::KMOD_SPINLOCK_SIZE);

/// Data that one CPU at a time may use; the others spin. Who holds it must not sleep.
#[derive(Default)]
pub struct SpinLock<T> {
    raw: Lazy<WORDS>,
    data: UnsafeCell<T>,
}

// SAFETY: The data goes where the lock goes.
unsafe impl<T: Send> Send for SpinLock<T> {}
// SAFETY: One CPU at a time gets at the data, so `T` need not be `Sync`.
unsafe impl<T: Send> Sync for SpinLock<T> {}

impl<T> SpinLock<T> {
    /// A free lock around `data`.
    pub const fn new(data: T) -> Self {
        Self {
            raw: Lazy::new(),
            data: UnsafeCell::new(data),
        }
    }

    /// Spins until it is free. Not for data that an interrupt handler uses as well.
    #[inline]
    pub fn lock(&self) -> SpinLockGuard<'_, T> {
        let raw = self.raw.get(kmod_bindings::kmod_spinlock_prepare);
        // SAFETY: The lock is initialised.
        unsafe { kmod_bindings::kmod_spin_lock(raw) };
        SpinLockGuard::new(self)
    }

    /// Takes it if it is free.
    #[inline]
    pub fn try_lock(&self) -> Option<SpinLockGuard<'_, T>> {
        let raw = self.raw.get(kmod_bindings::kmod_spinlock_prepare);
        // SAFETY: The lock is initialised.
        let locked = unsafe { kmod_bindings::kmod_spin_trylock(raw) } != 0;
        locked.then(|| SpinLockGuard::new(self))
    }

    /// Spins until it is free, with this CPU's interrupts off until it is unlocked.
    #[inline]
    pub fn lock_irqsave(&self) -> SpinLockIrqGuard<'_, T> {
        let raw = self.raw.get(kmod_bindings::kmod_spinlock_prepare);
        // SAFETY: The lock is initialised.
        let flags = unsafe { kmod_bindings::kmod_spin_lock_irqsave(raw) };
        SpinLockIrqGuard {
            lock: self,
            flags,
            not_send: PhantomData,
        }
    }

    /// The data, which nobody else can use.
    pub fn get_mut(&mut self) -> &mut T {
        self.data.get_mut()
    }

    /// The data without the lock.
    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<T> fmt::Debug for SpinLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpinLock(..)")
    }
}

/// Access to a [`SpinLock`]'s data, until it is dropped; on the CPU that locked it.
#[must_use = "the lock is released when this is dropped"]
pub struct SpinLockGuard<'a, T> {
    lock: &'a SpinLock<T>,
    /// A lock is released by the CPU that took it.
    not_send: PhantomData<*mut ()>,
}

impl<'a, T> SpinLockGuard<'a, T> {
    /// The guard of a lock that the caller has just taken.
    fn new(lock: &'a SpinLock<T>) -> Self {
        Self {
            lock,
            not_send: PhantomData,
        }
    }
}

impl<T> Drop for SpinLockGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: This CPU has taken it.
        unsafe { kmod_bindings::kmod_spin_unlock(self.lock.raw.locked()) };
    }
}

/// As [`SpinLockGuard`], with interrupts off.
#[must_use = "the lock is released when this is dropped"]
pub struct SpinLockIrqGuard<'a, T> {
    lock: &'a SpinLock<T>,
    flags: c_ulong,
    /// A lock is released by the CPU that took it.
    not_send: PhantomData<*mut ()>,
}

impl<T> Drop for SpinLockIrqGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: This CPU has taken it, and `flags` are what it got.
        unsafe {
            kmod_bindings::kmod_spin_unlock_irqrestore(self.lock.raw.locked(), self.flags);
        };
    }
}

macro_rules! access {
    ($($guard:ident)*) => {$(
        // SAFETY: It gives `&T`.
        unsafe impl<T: Sync> Sync for $guard<'_, T> {}

        impl<T> Deref for $guard<'_, T> {
            type Target = T;

            #[inline]
            fn deref(&self) -> &T {
                // SAFETY: The lock is taken.
                unsafe { &*self.lock.data.get() }
            }
        }

        impl<T> DerefMut for $guard<'_, T> {
            #[inline]
            fn deref_mut(&mut self) -> &mut T {
                // SAFETY: The lock is taken, and the guard borrowed mutably.
                unsafe { &mut *self.lock.data.get() }
            }
        }
    )*};
}

access!(SpinLockGuard SpinLockIrqGuard);
