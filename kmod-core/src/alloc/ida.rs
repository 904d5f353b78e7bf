// SPDX-License-Identifier: GPL-2.0-only
//! Numbers that are given out and taken back.

use core::ffi::c_int;
use core::ops::RangeInclusive;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, kmod_ida};

use super::AllocError;
use crate::error::code::ENOSPC;
use crate::error::{Result, to_result};

/// Numbers of things that come and go, each the least that is free: the kernel's `struct ida`.
///
/// It has a lock of its own, which may be taken anywhere. What C keeps in an `idr` by such numbers is
/// kept in a [`KMap`](super::KMap), with a lock around it.
///
/// ```
/// use kmod_core::alloc::Ida;
///
/// let minors = Ida::new()?;
/// assert_eq!((minors.alloc(0..=15)?, minors.alloc(0..=15)?), (0, 1));
/// minors.free(0);
/// assert_eq!(minors.alloc(0..=15)?, 0);
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// It is what `kmod_ida_make()` has given.
pub struct Ida(NonNull<kmod_ida>);

// SAFETY: The kernel's functions take its lock, and are called by any task.
unsafe impl Send for Ida {}

// SAFETY: The kernel's functions take its lock.
unsafe impl Sync for Ida {}

impl Ida {
    /// All numbers are free. May sleep.
    ///
    /// # Errors
    ///
    /// If there is not enough memory.
    pub fn new() -> Result<Self, AllocError> {
        // SAFETY: It has no preconditions, but for being where sleeping is allowed.
        let ida = unsafe { bindings::kmod_ida_make() };
        // INVARIANT: It is what was given.
        NonNull::new(ida).map(Self).ok_or(AllocError)
    }

    /// Takes the least number of `range` that is free, none above `i32::MAX`: `ida_alloc_range()`.
    /// May sleep.
    ///
    /// # Errors
    ///
    /// `ENOSPC` if none is free, `ENOMEM` if there is not enough memory.
    pub fn alloc(&self, range: RangeInclusive<u32>) -> Result<u32> {
        // SAFETY: It is there (invariant).
        let taken = |min, max| unsafe { bindings::kmod_ida_alloc(self.0.as_ptr(), min, max) };
        take(range, taken)
    }

    /// The same, without sleeping: with `GFP_ATOMIC`.
    ///
    /// # Errors
    ///
    /// As of [`alloc`](Self::alloc).
    pub fn alloc_atomic(&self, range: RangeInclusive<u32>) -> Result<u32> {
        // SAFETY: It is there (invariant).
        let taken =
            |min, max| unsafe { bindings::kmod_ida_alloc_atomic(self.0.as_ptr(), min, max) };
        take(range, taken)
    }

    /// The number is free again: `ida_free()`. The kernel warns if it was.
    pub fn free(&self, number: u32) {
        // What none is given out of, the kernel does not look at, either.
        if c_int::try_from(number).is_ok() {
            // SAFETY: It is there (invariant).
            unsafe { bindings::kmod_ida_put(self.0.as_ptr(), number) };
        }
    }
}

/// A number from a range that is not empty.
fn take(range: RangeInclusive<u32>, taken: impl FnOnce(u32, u32) -> c_int) -> Result<u32> {
    if range.is_empty() {
        return Err(ENOSPC);
    }
    let (min, max) = range.into_inner();
    to_result(taken(min, max)).map(c_int::cast_unsigned)
}

impl Drop for Ida {
    fn drop(&mut self) {
        // SAFETY: It is what `kmod_ida_make()` has given (invariant), and nobody uses it any more.
        unsafe { bindings::kmod_ida_free(self.0.as_ptr()) };
    }
}
