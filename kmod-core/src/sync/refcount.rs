// SPDX-License-Identifier: GPL-2.0-only
//! A count of users.

use core::ffi::c_int;
use core::sync::atomic::{AtomicI32, Ordering};

use kmod_bindings as bindings;

/// How many users something has: the kernel's `refcount_t`.
///
/// It differs from an atomic in what it refuses. It does not come back from 0, nor go below: what has
/// no users is gone. Where others would wrap, it stays at a number so high that the users can never
/// all have left, and the kernel warns. It may be used anywhere. To own a value together, take an
/// [`Arc`](crate::alloc::Arc).
///
/// ```
/// use kmod_core::sync::Refcount;
///
/// let users = Refcount::new(1);
/// assert!(users.inc_not_zero());
/// assert!(!users.dec_and_test());
/// assert!(users.dec_and_test(), "the last one has left");
/// assert!(!users.inc_not_zero(), "it is gone");
/// ```
pub struct Refcount(AtomicI32);

impl Refcount {
    /// So many users; more than half of all numbers are never counted down, as C's.
    pub const fn new(users: u32) -> Self {
        Self(AtomicI32::new(users.cast_signed()))
    }

    /// One more, beside one who is there: `refcount_inc()`. The kernel warns if nobody is.
    #[inline]
    pub fn inc(&self) {
        // SAFETY: It is the number of a `refcount_t`, which only atomics change.
        unsafe { bindings::kmod_refcount_inc(self.as_ptr()) };
    }

    /// One more, if anybody is there; whether: `refcount_inc_not_zero()`.
    #[inline]
    #[must_use = "if nobody was there, nothing is counted"]
    pub fn inc_not_zero(&self) -> bool {
        // SAFETY: It is the number of a `refcount_t`, which only atomics change.
        unsafe { bindings::kmod_refcount_inc_not_zero(self.as_ptr()) }
    }

    /// One less; whether that was the last one: `refcount_dec_and_test()`. What all of them did is seen by
    /// whoever is told so.
    #[inline]
    #[must_use = "whoever was the last one cleans up"]
    pub fn dec_and_test(&self) -> bool {
        // SAFETY: It is the number of a `refcount_t`, which only atomics change.
        unsafe { bindings::kmod_refcount_dec_and_test(self.as_ptr()) }
    }

    /// How many there are: `refcount_read()`. By the time it is known, there may be others.
    #[inline]
    pub fn get(&self) -> u32 {
        self.0.load(Ordering::Relaxed).cast_unsigned()
    }

    fn as_ptr(&self) -> *mut bindings::refcount_t {
        const { assert!(size_of::<bindings::refcount_t>() == size_of::<c_int>()) };
        self.0.as_ptr().cast()
    }
}
