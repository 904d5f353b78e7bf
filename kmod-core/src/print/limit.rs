// SPDX-License-Identifier: GPL-2.0-only
//! Messages that are logged once, or not too often.

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicBool, Ordering};

use kmod_bindings::{self as bindings, kmod_ratelimit};

/// Whether a message was logged: what is behind `once;`.
pub struct Once(AtomicBool);

impl Once {
    /// Not yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    /// Whether this is the first call.
    #[inline(always)]
    pub fn is_first(&self) -> bool {
        // Most calls only read.
        !self.0.load(Ordering::Relaxed) && !self.0.swap(true, Ordering::Relaxed)
    }
}

/// How often a message was logged of late: what is behind `ratelimited;`.
///
/// # Invariants
///
/// It is all zeroes, or what `kmod_ratelimit()` made of that.
pub struct RateLimit(UnsafeCell<MaybeUninit<kmod_ratelimit>>);

// SAFETY: `kmod_ratelimit()` may be called by several at once.
unsafe impl Sync for RateLimit {}

impl RateLimit {
    /// Not yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        // INVARIANT: All zeroes.
        Self(UnsafeCell::new(MaybeUninit::zeroed()))
    }

    /// Whether one more may be logged. The log says how many were not, in the name of `who`.
    pub fn allows(&'static self, who: &'static CStr) -> bool {
        // SAFETY: It is a static, which was all zeroes at first (invariant), and `who` is a C string.
        unsafe { bindings::kmod_ratelimit(self.0.get().cast(), who.as_ptr()) }
    }
}
