// SPDX-License-Identifier: GPL-2.0-only
//! Functions that a module holds only if it comes to them.

use core::mem;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

/// The place, in a static, of a function that one part of a module needs once another one was used.
/// Where that part is not linked, the compiler sees that nothing is ever [stored](Self::store), and
/// drops what asks for it.
///
/// # Invariants
///
/// It is null or a function of the type that [`store`](Self::store) takes.
pub(crate) struct Linked(AtomicPtr<()>);

impl Linked {
    /// None yet.
    pub(crate) const fn new() -> Self {
        // INVARIANT: It is null.
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// From now on it is known.
    pub(crate) fn store(&self, function: unsafe extern "C" fn()) {
        // INVARIANT: It is such a function.
        self.0.store(function as *mut (), Ordering::Relaxed);
    }

    /// The function, if it is known.
    pub(crate) fn get(&self) -> Option<unsafe extern "C" fn()> {
        let function = self.0.load(Ordering::Relaxed);
        // SAFETY: It is null, which is `None`, or a function of this type (invariant).
        unsafe { mem::transmute::<*mut (), Option<unsafe extern "C" fn()>>(function) }
    }
}
