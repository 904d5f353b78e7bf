// SPDX-License-Identifier: GPL-2.0-only
//! Spin locks for handlers that interrupt tasks.

use core::ffi::c_ulong;

use kmod_bindings::{self as bindings, kmod_spinlock};

use super::spinlock::{Masks, SpinLock};

/// A [`SpinLock`] that timers take, too: while it is held, no softirq comes on this CPU.
///
/// The kernel's `spin_lock_bh()`. Whoever takes it, by its type, takes it that way: so no timer's
/// handler can find it held by what it has interrupted. On `PREEMPT_RT`, where a timer's handler is a
/// thread's, it is the lock that waits.
///
/// While it is held, a plain [`SpinLock`] is not taken: a timer that has interrupted its holder on
/// another CPU may wait for this one. Nor is this one while a [`SpinLockIrq`] is held. A build that finds
/// a [way](crate::context) to that ends.
///
/// ```
/// use kmod_core::sync::SpinLockBh;
///
/// let count = SpinLockBh::new(1);
/// count.with(|count| *count += 1);
/// assert_eq!(count.into_inner(), 2);
/// ```
pub struct SpinLockBh<T>(SpinLock<T>);

/// A [`SpinLock`] that interrupts take, too: while it is held, none comes on this CPU.
///
/// The kernel's `spin_lock_irqsave()`. Whoever takes it, by its type, takes it that way, in whatever
/// context it is: no handler can find it held by what it has interrupted. On `PREEMPT_RT` interrupts
/// are not turned off: their handlers are threads', and it is the lock that waits.
///
/// It keeps interrupts waiting: what only timers and tasks share is a [`SpinLockBh`]. While it is held,
/// no lock of another kind is taken: an interrupt that has come to who holds that one, on another CPU,
/// may wait for this one. A build that finds a [way](crate::context) to that ends.
///
/// ```
/// use kmod_core::sync::SpinLockIrq;
///
/// let count = SpinLockIrq::new(1);
/// count.with(|count| *count += 1);
/// assert_eq!(count.into_inner(), 2);
/// ```
pub struct SpinLockIrq<T>(SpinLock<T>);

impl<T> SpinLockBh<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Self(SpinLock::new(value))
    }

    /// Calls `f` with the value, as [`SpinLock::with`] does, and with softirqs off (but for
    /// `PREEMPT_RT`): `f` must not sleep, nor take this lock again.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        self.0.with_masked::<Bh, R>(f)
    }

    /// The value: who has the lock to themselves needs no lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }

    /// The value, without its lock.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T> SpinLockIrq<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Self(SpinLock::new(value))
    }

    /// Calls `f` with the value, as [`SpinLock::with`] does, and with interrupts off (but for
    /// `PREEMPT_RT`): `f` must not sleep, nor take this lock again.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        self.0.with_masked::<Irq, R>(f)
    }

    /// The value: who has the lock to themselves needs no lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }

    /// The value, without its lock.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T: Default> Default for SpinLockBh<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Default> Default for SpinLockIrq<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// Tasks and softirqs. What is found is whether softirqs had to be turned off.
struct Bh;

// SAFETY: It is the kernel's lock.
unsafe impl Masks for Bh {
    type Found = bool;

    #[inline(always)]
    unsafe fn lock(lock: *mut kmod_spinlock) -> bool {
        // SAFETY: The lock can be taken (this function's contract).
        unsafe { bindings::kmod_spin_lock_bh(lock) }
    }

    #[inline(always)]
    unsafe fn unlock(lock: *mut kmod_spinlock, found: bool) {
        // SAFETY: It was taken, with this result (this function's contract).
        unsafe { bindings::kmod_spin_unlock_bh(lock, found) };
    }
}

/// Tasks, softirqs and interrupts. What is found is whether interrupts were on.
struct Irq;

// SAFETY: It is the kernel's lock.
unsafe impl Masks for Irq {
    type Found = c_ulong;

    #[inline(always)]
    unsafe fn lock(lock: *mut kmod_spinlock) -> c_ulong {
        // SAFETY: The lock can be taken (this function's contract).
        unsafe { bindings::kmod_spin_lock_irqsave(lock) }
    }

    #[inline(always)]
    unsafe fn unlock(lock: *mut kmod_spinlock, found: c_ulong) {
        // SAFETY: It was taken, with this result (this function's contract).
        unsafe { bindings::kmod_spin_unlock_irqrestore(lock, found) };
    }
}
