// SPDX-License-Identifier: GPL-2.0-only
//! One value with several owners.

use core::fmt;
use core::marker::PhantomData;
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
// SAFETY: As above, since a `&Arc` can be cloned.
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

    fn inner(&self) -> &Inner<T> {
        // SAFETY: By the invariant, it is there for as long as `self` is.
        unsafe { self.inner.as_ref() }
    }
}

impl<T> Clone for Arc<T> {
    /// One more owner. It takes no memory, and cannot fail.
    ///
    /// # Panics
    /// Above `isize::MAX` owners, which takes leaking them for centuries.
    fn clone(&self) -> Self {
        // What the new owner does to the value is ordered by how it gets there.
        let before = self.inner().count.fetch_add(1, Ordering::Relaxed);
        assert!(before <= isize::MAX as usize, "too many owners");
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
