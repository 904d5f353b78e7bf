// SPDX-License-Identifier: GPL-2.0-only
//! A value that is replaced as a whole while others read it.

use core::marker::PhantomData;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::Mutex;
use crate::alloc::KBox;
use crate::error::Result;

/// The box that readers find.
///
/// # Invariants
///
/// `value` is of a box, which this owns. Only who holds `changing`, or borrows this exclusively, puts
/// another one there. What was taken out is given away only when those have left who may have found it.
pub(super) struct Published<T> {
    value: AtomicPtr<T>,
    changing: Mutex<()>,
    owned: PhantomData<T>,
}

impl<T> Published<T> {
    #[track_caller]
    pub(super) fn new(value: KBox<T>) -> Self {
        // INVARIANT: It is of a box.
        Self {
            value: AtomicPtr::new(KBox::into_raw(value)),
            changing: Mutex::new(()),
            owned: PhantomData,
        }
    }

    /// The value: `rcu_dereference()`.
    ///
    /// # Safety
    ///
    /// The caller reads: until it has left, `wait` of [`replace`](Self::replace) and
    /// [`update`](Self::update) does not return, and it does not use the value after that.
    #[inline]
    pub(super) unsafe fn get(&self) -> &T {
        let value = self.value.load(Ordering::Acquire);
        // SAFETY: It is of a box, which stays while the caller reads (invariant, and this function's
        // contract).
        unsafe { &*value }
    }

    /// Puts another one there, and returns the one before, after all have left who may have found it.
    ///
    /// # Safety
    ///
    /// `wait` returns only after all have left who came to read before it was called.
    pub(super) unsafe fn replace(&self, new: KBox<T>, wait: impl FnOnce()) -> KBox<T> {
        let changing = self.changing.lock();
        let old = self.put(new);
        drop(changing);
        wait();
        // SAFETY: It is of a box (invariant), which was taken out by this call alone, and nobody reads it
        // any more (this function's contract).
        unsafe { KBox::from_raw(old) }
    }

    /// The same, with what `make` makes of the value.
    ///
    /// # Safety
    ///
    /// As of [`replace`](Self::replace).
    pub(super) unsafe fn update(
        &self,
        make: impl FnOnce(&T) -> Result<KBox<T>>,
        wait: impl FnOnce(),
    ) -> Result<KBox<T>> {
        let changing = self.changing.lock_interruptible()?;
        let value = self.value.load(Ordering::Relaxed);
        // SAFETY: It is of a box (invariant), which nobody takes out while `changing` is held.
        let new = make(unsafe { &*value })?;
        let old = self.put(new);
        drop(changing);
        wait();
        // SAFETY: It is of a box (invariant), which was taken out by this call alone, and nobody reads it
        // any more (this function's contract).
        Ok(unsafe { KBox::from_raw(old) })
    }

    /// `rcu_assign_pointer()`. With `changing` held. The old one is still read.
    fn put(&self, new: KBox<T>) -> *mut T {
        // INVARIANT: It is of a box.
        self.value.swap(KBox::into_raw(new), Ordering::AcqRel)
    }

    pub(super) fn get_mut(&mut self) -> &mut T {
        let value = *self.value.get_mut();
        // SAFETY: It is of a box (invariant), and nobody reads, since this is borrowed exclusively.
        unsafe { &mut *value }
    }
}

impl<T> Drop for Published<T> {
    fn drop(&mut self) {
        let value = *self.value.get_mut();
        // SAFETY: It is of a box, which this owns (invariant), and nobody reads any more.
        drop(unsafe { KBox::from_raw(value) });
    }
}
