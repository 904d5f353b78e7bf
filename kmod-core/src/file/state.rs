// SPDX-License-Identifier: GPL-2.0-only
//! Memory for the state of an open file.

use core::mem;
use core::ptr::NonNull;

use kmod_bindings as bindings;

use crate::error::Result;
use crate::error::code::ENOMEM;

/// A `T` in memory of `kmalloc()`'s; a `T` of no size needs none.
pub(super) struct StateBox<T>(NonNull<T>);

impl<T> StateBox<T> {
    pub(super) fn new(state: T) -> Result<Self> {
        const { assert!(align_of::<T>() <= 8, "kmalloc() aligns to 8 bytes") };
        if size_of::<T>() == 0 {
            mem::forget(state);
            return Ok(Self(NonNull::dangling()));
        }
        // SAFETY: It has no preconditions besides process context, in which files are opened.
        let room = unsafe { bindings::kmod_file_state_alloc(size_of::<T>()) };
        let room = NonNull::new(room.cast::<T>()).ok_or(ENOMEM)?;
        // SAFETY: There is room for a `T`, aligned to 8 bytes.
        unsafe { room.write(state) };
        Ok(Self(room))
    }

    pub(super) fn into_raw(this: Self) -> *mut T {
        let room = this.0;
        mem::forget(this);
        room.as_ptr()
    }

    /// # Safety
    ///
    /// The pointer came from [`into_raw`](Self::into_raw) of a box of this size, once.
    pub(super) unsafe fn from_raw(room: *mut T) -> Self {
        // SAFETY: A box's pointer is not null.
        Self(unsafe { NonNull::new_unchecked(room) })
    }
}

impl<T> Drop for StateBox<T> {
    fn drop(&mut self) {
        // SAFETY: The box is initialised, and dropped once.
        unsafe { self.0.drop_in_place() };
        if size_of::<T>() != 0 {
            // SAFETY: It came from the allocation in `new`.
            unsafe { bindings::kmod_file_state_free(self.0.as_ptr().cast()) };
        }
    }
}
