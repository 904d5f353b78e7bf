// SPDX-License-Identifier: GPL-2.0-only
//! The file system's type: its name in `/proc/filesystems`, and what mounts it.

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::marker::PhantomData;
use core::mem;

use kmod_bindings::{self as bindings, file_system_type};

use super::FileSystem;
use super::mount::Mount;
use crate::error::{Result, to_result};
use crate::instance::{At, Field, Object};
use crate::module::Module;

/// A field under `#[filesystem]`.
pub trait FilesystemField: Field<Instance: Module, Type: FileSystem> {
    /// The name in `/proc/filesystems`.
    const NAME: &'static CStr;
    /// The number that `statfs(2)` shows.
    const MAGIC: u32;
}

/// The file system of a field under `#[filesystem]`.
pub struct Filesystem<F> {
    /// The kernel's from `register` to `unregister`; ours otherwise.
    kind: UnsafeCell<file_system_type>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `kind` is touched by `register` and `unregister` only, which never overlap; between them
// it is the kernel's, which has locks for it.
unsafe impl<F> Sync for Filesystem<F> {}

impl<F: FilesystemField> Filesystem<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            // SAFETY: The fields are integers, pointers and pointers to functions, lists of the
            // kernel's and lock classes: zero is a value of all of them.
            kind: UnsafeCell::new(unsafe { mem::zeroed() }),
            field: PhantomData,
        }
    }
}

// SAFETY: After `unregister_filesystem()` no mount begins, and one that has begun holds a reference
// to the module, which is the type's owner.
unsafe impl<F: FilesystemField> Object for Filesystem<F> {
    unsafe fn register(&self, _at: &At) -> Result {
        // SAFETY: It is not registered, so it is ours.
        let kind = unsafe { &mut *self.kind.get() };
        kind.name = F::NAME.as_ptr();
        kind.owner = (&raw const bindings::__this_module).cast_mut();
        kind.init_fs_context = Some(Mount::<F>::init_fs_context);
        kind.kill_sb = Some(bindings::kill_anon_super);
        // SAFETY: The type is complete and static.
        to_result(unsafe { bindings::register_filesystem(kind) })?;
        Ok(())
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: It is registered. Its only error is that it is not.
        unsafe { bindings::unregister_filesystem(self.kind.get()) };
    }
}
