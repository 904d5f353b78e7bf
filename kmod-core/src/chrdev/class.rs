// SPDX-License-Identifier: GPL-2.0-only
//! The module's classes in `/sys/class`. Devices of one module can share one.

use core::ffi::CStr;
use core::ptr::{self, NonNull};

use kmod_bindings as bindings;

use crate::alloc::{GFP_KERNEL, KVec};
use crate::error::code::ENOMEM;
use crate::error::{Result, to_result};
use crate::sync::Mutex;

/// The classes that are registered now.
static CLASSES: Mutex<KVec<Registered>> = Mutex::new(KVec::new());

/// A class, and how many [`Class`]es refer to it.
struct Registered {
    class: NonNull<bindings::class>,
    name: &'static CStr,
    users: usize,
}

// SAFETY: The kernel's functions for a class may be called from any task.
unsafe impl Send for Registered {}

/// A user of a class, which is registered from its first user to its last.
///
/// # Invariants
///
/// `class` is registered, and this value is counted as a user.
pub(super) struct Class(NonNull<bindings::class>);

impl Class {
    /// The module's class of this name.
    pub(super) fn get(name: &'static CStr) -> Result<Self> {
        let mut classes = CLASSES.lock();
        if let Some(known) = classes.iter_mut().find(|known| known.name == name) {
            known.users += 1;
            // INVARIANT: It has users, so it is registered.
            return Ok(Self(known.class));
        }
        classes.reserve(1, GFP_KERNEL)?;
        let mut class = ptr::null_mut();
        // SAFETY: `class` may be written, and the name is static.
        to_result(unsafe { bindings::kmod_class_create(&mut class, name.as_ptr()) })?;
        let class = NonNull::new(class).ok_or(ENOMEM)?;
        let registered = Registered {
            class,
            name,
            users: 1,
        };
        // There is room for it.
        classes.push(registered, GFP_KERNEL)?;
        // INVARIANT: It has just been registered, for one user.
        Ok(Self(class))
    }

    pub(super) fn as_ptr(&self) -> *mut bindings::class {
        self.0.as_ptr()
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        let mut classes = CLASSES.lock();
        let Some(index) = classes.iter().position(|known| known.class == self.0) else {
            return;
        };
        classes[index].users -= 1;
        if classes[index].users == 0 {
            classes.remove(index);
            // SAFETY: The class is registered (invariant), and has no users and so no devices.
            unsafe { bindings::class_destroy(self.0.as_ptr()) };
        }
        if classes.is_empty() {
            // No memory outlives the module.
            *classes = KVec::new();
        }
    }
}
