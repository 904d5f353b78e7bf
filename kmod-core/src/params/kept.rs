// SPDX-License-Identifier: GPL-2.0-only
//! What `insmod` gave to a parameter that the module holds references to.
//!
//! `insmod` sets one parameter after the other, each as often as it is named, and the module's own
//! `validate` and [`ParamValue::parse`](super::ParamValue::parse) run in between: what they have read of
//! another parameter, and keep, stays as it is when that one is set again.

use core::cell::UnsafeCell;
use core::mem::ManuallyDrop;

use crate::alloc::{GFP_KERNEL, KBox};
use crate::error::Result;

/// All values that were given, the last one first. None is moved, changed or dropped before the
/// module's code has ended.
///
/// # Invariants
/// Only [`keep`](Kept::keep) and [`release`](Kept::release) write to it, with the parameter lock held
/// or before the parameter's file is there.
pub(super) struct Kept<T>(UnsafeCell<Option<KBox<Given<T>>>>);

// SAFETY: It is handed out as `&T`, moves values in from whoever sets the parameter, and drops them
// in the process that unloads the module.
unsafe impl<T: Send + Sync> Sync for Kept<T> {}

struct Given<T> {
    value: T,
    /// Dropped by [`release`](Kept::release) alone, in a loop: as they hang together, each would take some
    /// of the stack.
    before: ManuallyDrop<Option<KBox<Given<T>>>>,
}

impl<T> Kept<T> {
    /// Nothing was given yet.
    pub(super) const fn new() -> Self {
        Self(UnsafeCell::new(None))
    }

    /// The value that was given last.
    ///
    /// # Safety
    /// No [`keep`](Self::keep) or [`release`](Self::release) runs meanwhile.
    pub(super) unsafe fn last(&self) -> Option<&T> {
        // SAFETY: Nobody writes meanwhile (this function's contract).
        let last = unsafe { &*self.0.get() };
        last.as_ref().map(|given| &given.value)
    }

    /// Takes one more value.
    ///
    /// # Errors
    /// ENOMEM; the last value stays the last.
    ///
    /// # Safety
    /// No other function of this value runs meanwhile.
    pub(super) unsafe fn keep(&self, value: T) -> Result {
        let mut given = KBox::new(
            Given {
                value,
                before: ManuallyDrop::new(None),
            },
            GFP_KERNEL,
        )?;
        // SAFETY: Nobody else looks at the cell meanwhile (this function's contract). References to
        // values are to the heap, where they stay.
        let last = unsafe { &mut *self.0.get() };
        given.before = ManuallyDrop::new(last.take());
        *last = Some(given);
        Ok(())
    }

    /// Drops all values.
    ///
    /// # Safety
    /// The module's code has ended: nobody uses a reference to a value any more.
    pub(super) unsafe fn release(&self) {
        // SAFETY: Nobody is left to look at the cell (this function's contract).
        let mut next = unsafe { (*self.0.get()).take() };
        while let Some(given) = next {
            next = ManuallyDrop::into_inner(KBox::into_inner(given).before);
        }
    }
}
