// SPDX-License-Identifier: GPL-2.0-only
//! A file's entry, with the folders that it is in.

use core::cell::Cell;
use core::ffi::c_void;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, dentry, file_operations, loff_t};

use super::folders;
use crate::alloc::{GFP_KERNEL, KVec};
use crate::chrdev::NodeName;
use crate::error::code::{ENODEV, ENOENT, EPERM};
use crate::error::{Error, Result, from_err_ptr};
use crate::instance::At;
use crate::str::CString;

/// The entry of an object's file.
///
/// # Invariants
///
/// While the object is registered, `entry` is the kernel's entry of the file at `path`, or there is no
/// debugfs, and it is NULL.
pub(super) struct Entry {
    entry: Cell<*mut dentry>,
    path: Cell<KVec<u8>>,
}

// SAFETY: Only an object's `register` and `unregister` touch it, which never overlap.
unsafe impl Sync for Entry {}

impl Entry {
    /// Not there yet.
    pub(super) const fn new() -> Self {
        Self {
            entry: Cell::new(ptr::null_mut()),
            path: Cell::new(KVec::new()),
        }
    }

    /// Makes the file, whose data is the instance's address; `stat(2)` says that it has `size` bytes.
    ///
    /// # Errors
    ///
    /// `EEXIST`, `ENOMEM`. That there is no debugfs is none.
    ///
    /// # Safety
    ///
    /// The instance is at `at`, and `ops` are for files of its address, until [`remove`](Self::remove).
    pub(super) unsafe fn make(
        &self,
        path: &NodeName,
        at: &At,
        mode: u16,
        ops: &'static file_operations,
        size: loff_t,
    ) -> Result {
        let path = path.numbered(at.index())?;
        // SAFETY: They fit each other (this function's contract).
        let made = unsafe { create(&path, mode, ops, at.instance.as_ptr().cast(), size) };
        // INVARIANT: It is the file's, or there is no debugfs.
        self.entry.set(match made {
            Ok(entry) => entry.as_ptr(),
            Err(error) if is_off(error) => ptr::null_mut(),
            Err(error) => return Err(error),
        });
        self.path.set(path);
        Ok(())
    }

    /// Takes the file away, if it is there, and waits for what runs in it.
    pub(super) fn remove(&self) {
        let path = self.path.take();
        let entry = self.entry.replace(ptr::null_mut());
        if entry.is_null() {
            return;
        }
        // SAFETY: It is the file's entry (invariant), which is taken away once.
        unsafe { bindings::debugfs_remove(entry) };
        folders::leave(&path);
    }
}

/// Makes the file at `path`, with the folders that it is in.
///
/// # Safety
///
/// `ops` and `data` fit each other for as long as the file is there.
unsafe fn create(
    path: &[u8],
    mode: u16,
    ops: &'static file_operations,
    data: *mut c_void,
    size: loff_t,
) -> Result<NonNull<dentry>> {
    let name = CString::new(folders::name(path), GFP_KERNEL)?;
    let folder = folders::enter(path)?;
    // SAFETY: The name is a string, the folder is NULL or one that is there; the rest is this function's
    // contract.
    let entry =
        unsafe { bindings::kmod_debugfs_create_file(name.as_ptr(), mode, folder, data, ops, size) };
    from_err_ptr(entry).inspect_err(|_| folders::leave(path))
}

/// The kernel has no debugfs, or was told to have none.
fn is_off(error: Error) -> bool {
    [EPERM, ENOENT, ENODEV].contains(&error)
}
