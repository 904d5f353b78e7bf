// SPDX-License-Identifier: GPL-2.0-only
//! The module's classes in `/sys/class`. Devices of one module can share one.

use core::cell::Cell;
use core::ffi::CStr;
use core::ptr::{self, NonNull};

use kmod_bindings as bindings;

use crate::error::{Result, from_err_ptr};

/// The last of the devices that are registered now and share their class.
static LAST: Last = Last(Cell::new(None));

struct Last(Cell<Option<&'static ClassUser>>);

// SAFETY: Only `Class::get` and `Class`'s `drop` touch it, and these never overlap.
unsafe impl Sync for Last {}

/// What a device that shares its class keeps of it.
pub(super) struct ClassUser {
    name: Cell<&'static CStr>,
    class: Cell<*mut bindings::class>,
    /// The one that was registered before.
    previous: Cell<Option<&'static ClassUser>>,
}

impl ClassUser {
    pub(super) const fn new() -> Self {
        Self {
            name: Cell::new(c""),
            class: Cell::new(ptr::null_mut()),
            previous: Cell::new(None),
        }
    }
}

/// The class of this name that an earlier device has made.
fn find(name: &CStr) -> Option<NonNull<bindings::class>> {
    let mut next = LAST.0.get();
    while let Some(user) = next {
        if user.name.get() == name {
            return NonNull::new(user.class.get());
        }
        next = user.previous.get();
    }
    None
}

/// The use of a class, which is registered from its first user to its last.
///
/// # Invariants
///
/// `class` is registered. The user that made it is dropped after all others of the class.
pub(super) struct Class {
    pub(super) class: NonNull<bindings::class>,
    pub(super) made: bool,
    pub(super) shared: bool,
}

impl Class {
    /// The module's class of this name; `user` tells whether other devices of the module have it.
    ///
    /// # Safety
    ///
    /// Calls of this, and drops of what it returned, do not overlap; what it returned later is
    /// dropped earlier.
    pub(super) unsafe fn get(
        name: &'static CStr,
        user: Option<&'static ClassUser>,
    ) -> Result<Self> {
        let known = user.and_then(|_| find(name));
        let class = match known {
            Some(class) => class,
            None => create(name)?,
        };
        if let Some(user) = user {
            user.name.set(name);
            user.class.set(class.as_ptr());
            user.previous.set(LAST.0.replace(Some(user)));
        }
        // INVARIANT: Who finds the class comes later, and so goes earlier.
        Ok(Self {
            class,
            made: known.is_none(),
            shared: user.is_some(),
        })
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        if self.shared {
            // This is the last one.
            LAST.0
                .set(LAST.0.get().and_then(|user| user.previous.get()));
        }
        if self.made {
            // SAFETY: The class is registered, and its other users are gone, and so its devices
            // (invariant).
            unsafe { bindings::class_destroy(self.class.as_ptr()) };
        }
    }
}

fn create(name: &'static CStr) -> Result<NonNull<bindings::class>> {
    // SAFETY: The name is static.
    from_err_ptr(unsafe { bindings::kmod_class_create(name.as_ptr()) })
}
