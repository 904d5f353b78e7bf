// SPDX-License-Identifier: GPL-2.0-only
//! What several objects of a module have in common, a class or a folder: the first of them makes it,
//! and it goes with that one, which is the last to go.

use core::cell::Cell;
use core::ffi::CStr;
use core::ptr::{self, NonNull};

/// The objects that are registered now and have a `T` in common with others: the last of them.
pub(crate) struct Users<T: 'static>(Cell<Option<&'static User<T>>>);

// SAFETY: Only `find`, `enter` and `leave` touch it, and these never overlap (their contract).
unsafe impl<T> Sync for Users<T> {}

/// What such an object keeps of it.
pub(crate) struct User<T: 'static> {
    name: Cell<&'static CStr>,
    common: Cell<*mut T>,
    /// The one that was registered before.
    previous: Cell<Option<&'static User<T>>>,
}

impl<T> User<T> {
    /// Of nothing yet.
    pub(crate) const fn new() -> Self {
        Self {
            name: Cell::new(c""),
            common: Cell::new(ptr::null_mut()),
            previous: Cell::new(None),
        }
    }
}

impl<T> Users<T> {
    /// None.
    pub(crate) const fn new() -> Self {
        Self(Cell::new(None))
    }

    /// What an object that is registered has of this name.
    ///
    /// # Safety
    ///
    /// Calls of this, of [`enter`](Self::enter) and of [`leave`](Self::leave) do not overlap.
    pub(crate) unsafe fn find(&self, name: &CStr) -> Option<NonNull<T>> {
        let mut next = self.0.get();
        while let Some(user) = next {
            if user.name.get() == name {
                return NonNull::new(user.common.get());
            }
            next = user.previous.get();
        }
        None
    }

    /// Adds a user, the last one.
    ///
    /// # Safety
    ///
    /// As [`find`](Self::find); `user` has not entered.
    pub(crate) unsafe fn enter(
        &self,
        user: &'static User<T>,
        name: &'static CStr,
        common: NonNull<T>,
    ) {
        user.name.set(name);
        user.common.set(common.as_ptr());
        user.previous.set(self.0.replace(Some(user)));
    }

    /// Takes the last one out.
    ///
    /// # Safety
    ///
    /// As [`find`](Self::find).
    pub(crate) unsafe fn leave(&self) {
        self.0
            .set(self.0.get().and_then(|user| user.previous.get()));
    }
}
