// SPDX-License-Identifier: GPL-2.0-only
//! The module's classes in `/sys/class`. Devices of one module can share one.

use core::ffi::CStr;
use core::ptr::NonNull;

use kmod_bindings as bindings;

use crate::error::{Result, from_err_ptr};
use crate::instance::{User, Users};

/// The devices that are registered now and share their class.
static USERS: Users<bindings::class> = Users::new();

/// What a device that shares its class keeps of it.
pub(super) type ClassUser = User<bindings::class>;

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
        // SAFETY: Calls do not overlap (this function's contract).
        let known = user.and_then(|_| unsafe { USERS.find(name) });
        let class = match known {
            Some(class) => class,
            None => create(name)?,
        };
        if let Some(user) = user {
            // SAFETY: Calls do not overlap (this function's contract); it is not registered yet.
            unsafe { USERS.enter(user, name, class) };
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
            // SAFETY: This is the last one, and calls do not overlap (`get`'s contract).
            unsafe { USERS.leave() };
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
