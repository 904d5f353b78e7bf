// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's lock objects, initialised where they are first used.

use core::cell::UnsafeCell;
use core::ffi::{c_ulong, c_void};
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicUsize, Ordering};

/// How many words an object of `size` bytes takes.
pub(super) const fn words(size: c_ulong) -> usize {
    (size as usize).div_ceil(size_of::<u64>())
}

/// The C function that initialises an object once, under a lock of its own.
type Prepare = unsafe extern "C" fn(*mut c_void, *mut c_ulong);

/// A kernel lock that is initialised at its first use, and again after it was moved.
///
/// # Invariants
/// If `address` is `object`'s address, then `object` is a lock that was initialised there.
///
/// That holds in every case:
/// - A new one has the address 0.
/// - Whoever locks it borrows it until it is unlocked, waiters included. So it is not moved, and
///   its memory not reused, while the kernel is at work on it.
/// - A moved one has another address, and is initialised anew. A guard that was leaked before the
///   move gives nobody access any more: its borrow has ended.
/// - One that was moved away and back unused has the bytes that it had there: a free lock, or one
///   whose guard was leaked, and then it stays locked.
/// - A dropped one is in no list of the kernel's, since those hold waiters only.
///
/// A leaked guard is the deadlock that it is in C; if the task that leaked it exits, a mutex names
/// an owner that is no more, as in C.
pub(super) struct Lazy<const WORDS: usize> {
    address: AtomicUsize,
    object: UnsafeCell<MaybeUninit<[u64; WORDS]>>,
}

// SAFETY: The object is only handed to the kernel's lock functions, which may be called anywhere.
unsafe impl<const WORDS: usize> Send for Lazy<WORDS> {}
// SAFETY: As above; its initialisation is done under a lock.
unsafe impl<const WORDS: usize> Sync for Lazy<WORDS> {}

impl<const WORDS: usize> Default for Lazy<WORDS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const WORDS: usize> Lazy<WORDS> {
    pub(super) const fn new() -> Self {
        Self {
            address: AtomicUsize::new(0),
            object: UnsafeCell::new(MaybeUninit::uninit()),
        }
    }

    /// The lock, initialised.
    #[inline(always)]
    pub(super) fn get(&self, prepare: Prepare) -> *mut c_void {
        let object: *mut c_void = self.object.get().cast();
        // Pairs with the releasing store in `prepare`.
        if self.address.load(Ordering::Acquire) != object.addr() {
            self.prepare(prepare);
        }
        object
    }

    #[cold]
    fn prepare(&self, prepare: Prepare) {
        // SAFETY: Both are ours; `self` is borrowed, so nobody moves them, and by the invariant
        // nobody uses an object that has another address.
        unsafe { prepare(self.object.get().cast(), self.address.as_ptr().cast()) };
    }

    /// The lock of a guard, which was initialised to make the guard.
    #[inline(always)]
    pub(super) fn locked(&self) -> *mut c_void {
        self.object.get().cast()
    }
}
