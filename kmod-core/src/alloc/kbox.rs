// SPDX-License-Identifier: GPL-2.0-only
//! One value on the heap.

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::{AllocError, Flags, allocate_for, free_for};

/// A value on the heap.
///
/// # Invariants
/// `value` points to an initialised value in memory that `allocate_for` gave for its type, and that
/// nobody else owns.
pub struct KBox<T> {
    value: NonNull<T>,
    owned: PhantomData<T>,
}

// SAFETY: The box owns the value as a `T` in its place would.
unsafe impl<T: Send> Send for KBox<T> {}
// SAFETY: A `&KBox` gives a `&T`, and no more.
unsafe impl<T: Sync> Sync for KBox<T> {}

impl<T> KBox<T> {
    /// Moves `value` to the heap.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn new(value: T, flags: Flags) -> Result<Self, AllocError> {
        let place = allocate_for::<T>(flags)?;
        // SAFETY: The memory is new, aligned and large enough.
        unsafe { place.write(value) };
        Ok(Self {
            value: place,
            owned: PhantomData,
        })
    }

    /// Moves the value out.
    pub fn into_inner(this: Self) -> T {
        let this = ManuallyDrop::new(this);
        // SAFETY: The value is initialised, and `this` does not drop it.
        let value = unsafe { this.value.read() };
        // SAFETY: By the invariant; the value has been moved out.
        unsafe { free_for(this.value) };
        value
    }

    /// Gives the value up to C; [`from_raw`](KBox::from_raw) takes it back.
    pub fn into_raw(this: Self) -> *mut T {
        ManuallyDrop::new(this).value.as_ptr()
    }

    /// Takes back what [`into_raw`](KBox::into_raw) gave.
    ///
    /// # Safety
    /// It did, and this is the first call since.
    pub unsafe fn from_raw(value: *mut T) -> Self {
        Self {
            // SAFETY: `into_raw` never gives NULL.
            value: unsafe { NonNull::new_unchecked(value) },
            owned: PhantomData,
        }
    }

    /// Leaks the value: it lives as long as it may.
    ///
    /// A module that leaks loses that memory for good when it is unloaded.
    pub fn leak<'a>(this: Self) -> &'a mut T {
        // SAFETY: The value is initialised, and nobody else will refer to it.
        unsafe { &mut *Self::into_raw(this) }
    }
}

impl<T> Drop for KBox<T> {
    fn drop(&mut self) {
        // SAFETY: The value is initialised, and nobody uses it afterwards.
        unsafe { self.value.drop_in_place() };
        // SAFETY: By the invariant.
        unsafe { free_for(self.value) };
    }
}

impl<T> Deref for KBox<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: By the invariant, and `self` is borrowed.
        unsafe { self.value.as_ref() }
    }
}

impl<T> DerefMut for KBox<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: By the invariant, and `self` is borrowed mutably.
        unsafe { self.value.as_mut() }
    }
}

impl<T: fmt::Debug> fmt::Debug for KBox<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for KBox<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
