// SPDX-License-Identifier: GPL-2.0-only
//! A value whose readers take no lock, and may sleep.

use core::ptr::NonNull;

use kmod_bindings::{self as bindings, srcu_struct};

use super::published::Published;
use crate::alloc::{AllocError, GFP_KERNEL, KBox};
use crate::error::Result;

/// A value that is read often, also by those who sleep meanwhile, and replaced seldom, as a whole.
///
/// The kernel's sleepable RCU, for modules under the GPL: readers get the value as it was when they
/// came, and do not wait for anybody. Who replaces it waits until those have left who may still have
/// the old one. What need not sleep reads cheaper in an [`Rcu`](super::Rcu).
///
/// - In its own reader, [`replace`](Self::replace) and [`update`](Self::update) wait for themselves, for ever.
/// - A reader that panics does not leave: who replaces the value later waits for ever, as for a lock
///   whose holder has panicked. When the whole goes, the kernel warns, and keeps its counters.
///
/// ```
/// use kmod_core::prelude::*;
/// use kmod_core::sync::Srcu;
///
/// let limits = Srcu::new([1, 2])?;
/// assert_eq!(limits.read(|limits| limits[0] + limits[1]), 3);
/// let old = limits.replace(KBox::new([3, 4], GFP_KERNEL)?);
/// assert_eq!((*old, limits.read(|limits| *limits)), ([1, 2], [3, 4]));
/// # Ok::<(), kmod_core::Error>(())
/// ```
pub struct Srcu<T> {
    value: Published<T>,
    readers: Readers,
}

// SAFETY: The value goes along.
unsafe impl<T: Send> Send for Srcu<T> {}

// SAFETY: Readers on several CPUs get `&T`; who replaces the value gets it from whoever put it there.
unsafe impl<T: Send + Sync> Sync for Srcu<T> {}

impl<T> Srcu<T> {
    /// A value that can be read: `init_srcu_struct()`. May sleep.
    ///
    /// # Errors
    ///
    /// [`AllocError`] if there is not enough memory; the value is dropped.
    #[track_caller]
    pub fn new(value: T) -> Result<Self, AllocError> {
        Ok(Self {
            value: Published::new(KBox::new(value, GFP_KERNEL)?),
            readers: Readers::new()?,
        })
    }

    /// Calls `f` with the value: `srcu_read_lock()`. It never waits, and may be called anywhere; `f`
    /// may do what may be done where it is called.
    #[inline]
    pub fn read<R>(&self, f: impl FnOnce(&T) -> R) -> R {
        // SAFETY: `f` cannot keep the value, and `wait` waits for it.
        self.readers.read(|| f(unsafe { self.value.get() }))
    }

    /// Makes `new` the value, and returns the one before, once nobody reads it any more:
    /// `synchronize_srcu()`. Sleeps until all have left who read when it was called, whatever signals come.
    pub fn replace(&self, new: KBox<T>) -> KBox<T> {
        // SAFETY: It waits for all readers.
        unsafe { self.value.replace(new, || self.readers.wait()) }
    }

    /// Makes the value what `make` makes of it, as [`replace`](Self::replace) does: none that is put
    /// there meanwhile is lost, since others who change it wait until `make` is done. So `make` must not
    /// replace this value itself.
    ///
    /// # Errors
    ///
    /// What `make` returns; the value is then as it was. `ERESTARTSYS` if a signal came while another one
    /// was changing it.
    pub fn update(&self, make: impl FnOnce(&T) -> Result<KBox<T>>) -> Result<KBox<T>> {
        // SAFETY: It waits for all readers.
        unsafe { self.value.update(make, || self.readers.wait()) }
    }

    /// The value: whoever has it to themselves may change it.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

/// Readers that are counted.
///
/// # Invariants
///
/// It is what `kmod_srcu_make()` has given.
pub(super) struct Readers(NonNull<srcu_struct>);

impl Readers {
    /// None yet.
    pub(super) fn new() -> Result<Self, AllocError> {
        // SAFETY: It has no preconditions, but for being where sleeping is allowed.
        let readers = unsafe { bindings::kmod_srcu_make() };
        // INVARIANT: It is what was given.
        NonNull::new(readers).map(Self).ok_or(AllocError)
    }

    pub(super) fn as_ptr(&self) -> *mut srcu_struct {
        self.0.as_ptr()
    }

    /// Calls `f` as one of them.
    #[inline]
    fn read<R>(&self, f: impl FnOnce() -> R) -> R {
        // SAFETY: It is there (invariant).
        let index = unsafe { bindings::kmod_srcu_read_lock(self.as_ptr()) };
        let result = f();
        // SAFETY: The index is what the same task got. (A panic does not unwind.)
        unsafe { bindings::kmod_srcu_read_unlock(self.as_ptr(), index) };
        result
    }

    /// Waits until all have left who are there.
    pub(super) fn wait(&self) {
        // SAFETY: It is there (invariant). Where sleeping is not allowed, this is found by `atomic-sleep`.
        unsafe { bindings::synchronize_srcu(self.as_ptr()) };
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        // SAFETY: It is what `kmod_srcu_make()` has given (invariant). All readers have borrowed it: they
        // have left, but for those who have ended in a `BUG()`.
        unsafe { bindings::kmod_srcu_free(self.as_ptr()) };
    }
}
