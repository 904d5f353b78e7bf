// SPDX-License-Identifier: GPL-2.0-only
//! What lockdep is told of a lock.

use core::ffi::{c_char, c_void};
use core::panic::Location;
use core::ptr;

use kmod_bindings as bindings;

/// The place in the source where a lock was made, on kernels with lockdep; nothing on others.
///
/// Locks that are part of the module are a class each, as those that `DEFINE_SPINLOCK()` makes; others
/// are of the class of their place, as with `spin_lock_init()`.
#[derive(Clone, Copy)]
pub(super) struct Site([&'static Location<'static>; bindings::KMOD_LOCK_CLASSES as usize]);

impl Site {
    /// Where the caller was called.
    #[track_caller]
    pub(super) const fn of_caller() -> Self {
        Self([Location::caller(); bindings::KMOD_LOCK_CLASSES as usize])
    }

    /// Calls `classify` with an address that is the place's own, in the module's constants, and with
    /// the file's name; not at all on kernels without lockdep.
    #[inline(always)]
    pub(super) fn tell(self, classify: impl FnOnce(*const c_void, *const c_char)) {
        if let Some(place) = self.0.first() {
            let key = ptr::from_ref::<Location<'_>>(place);
            classify(key.cast(), place.file_as_c_str().as_ptr());
        }
    }
}
