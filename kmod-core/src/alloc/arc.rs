// SPDX-License-Identifier: GPL-2.0-only
//! One value with several owners.

use core::fmt;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, offset_of};
use core::ops::Deref;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering, fence};

use super::{AllocError, Flags, KBox};

struct Inner<T> {
    count: AtomicUsize,
    value: T,
}

/// A shared owner of a value. The last one drops it.
///
/// There are no weak ones.
///
/// # Invariants
/// `inner` is a leaked box, and `count` is at least the number of `Arc`s to it.
pub struct Arc<T> {
    inner: NonNull<Inner<T>>,
    owned: PhantomData<Inner<T>>,
}

// SAFETY: An `Arc` gives `&T`, and with the last one the `T` itself.
unsafe impl<T: Send + Sync> Send for Arc<T> {}
// SAFETY: A `&Arc` can be cloned, and gives no more than an `Arc` does.
unsafe impl<T: Send + Sync> Sync for Arc<T> {}

impl<T> Arc<T> {
    /// Moves `value` to the heap.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; the value is dropped.
    pub fn new(value: T, flags: Flags) -> Result<Self, AllocError> {
        let inner = Inner {
            count: AtomicUsize::new(1),
            value,
        };
        Ok(Self {
            inner: NonNull::from(KBox::leak(KBox::new(inner, flags)?)),
            owned: PhantomData,
        })
    }

    /// Whether both are owners of the same value.
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        this.inner == other.inner
    }

    /// Gives this owner up, to be kept as a pointer to the value.
    pub(crate) fn into_raw(this: Self) -> *const T {
        let this = ManuallyDrop::new(this);
        // SAFETY: By the invariant; the pointer may reach the whole of it.
        unsafe { &raw const (*this.inner.as_ptr()).value }
    }

    /// Takes an owner back.
    ///
    /// # Safety
    ///
    /// `value` is from [`into_raw`](Self::into_raw), and this is the first call for it since.
    pub(crate) unsafe fn from_raw(value: *const T) -> Self {
        let inner = value
            .wrapping_byte_sub(offset_of!(Inner<T>, value))
            .cast::<Inner<T>>()
            .cast_mut();
        Self {
            // SAFETY: `into_raw` gave a pointer into what is never at NULL.
            inner: unsafe { NonNull::new_unchecked(inner) },
            owned: PhantomData,
        }
    }

    /// One more owner beside the one that is kept as a pointer.
    ///
    /// # Safety
    ///
    /// `value` is from [`into_raw`](Self::into_raw), and is not taken back during the call.
    pub(crate) unsafe fn clone_raw(value: *const T) -> Self {
        // SAFETY: The owner that this makes is not dropped.
        let kept = ManuallyDrop::new(unsafe { Self::from_raw(value) });
        (*kept).clone()
    }

    fn inner(&self) -> &Inner<T> {
        // SAFETY: By the invariant, it is there for as long as `self` is.
        unsafe { self.inner.as_ref() }
    }
}

/// So many owners that neither a few more nor those that are dropped lead to another kind of number.
const SATURATED: usize = usize::MAX / 4 * 3;

impl<T> Clone for Arc<T> {
    /// One more owner. It takes no memory, and cannot fail.
    ///
    /// Above `isize::MAX` owners, which takes leaking them for centuries, the value stays for ever, as
    /// with the kernel's `refcount_t`.
    fn clone(&self) -> Self {
        // What the new owner does to the value is ordered by how it gets there.
        let before = self.inner().count.fetch_add(1, Ordering::Relaxed);
        if before > isize::MAX as usize {
            self.inner().count.store(SATURATED, Ordering::Relaxed);
        }
        Self {
            inner: self.inner,
            owned: PhantomData,
        }
    }
}

impl<T> Drop for Arc<T> {
    fn drop(&mut self) {
        // What this owner did to the value comes before its end.
        if self.inner().count.fetch_sub(1, Ordering::Release) != 1 {
            return;
        }
        fence(Ordering::Acquire);
        // SAFETY: By the invariant it is a leaked box, and this was its last owner.
        drop(unsafe { KBox::from_raw(self.inner.as_ptr()) });
    }
}

impl<T> Deref for Arc<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.inner().value
    }
}

impl<T: fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
