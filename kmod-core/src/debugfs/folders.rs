// SPDX-License-Identifier: GPL-2.0-only
//! The folders of a module in debugfs: made with the first file that is in one, and taken away with the
//! last.

use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, dentry};

use crate::alloc::{GFP_KERNEL, KVec};
use crate::error::{Result, from_err_ptr};
use crate::str::CString;
use crate::sync::Mutex;

/// A folder that is there.
///
/// # Invariants
///
/// `entry` is the folder's, which the module has made.
struct Folder {
    path: KVec<u8>,
    entry: NonNull<dentry>,
    /// How many files are in it, or further below.
    users: usize,
}

// SAFETY: The entry is only handed to the kernel.
unsafe impl Send for Folder {}

/// All of them. Files of devices come and go at any time.
static FOLDERS: Mutex<KVec<Folder>> = Mutex::new(KVec::new());

/// The folder of a file at `path`, which is NULL for debugfs itself; [`leave`] gives it back.
///
/// # Errors
///
/// `EEXIST` if somebody else has one of its folders, `ENOMEM`, or what the kernel answers where there is
/// no debugfs; nothing is left then.
pub(super) fn enter(path: &[u8]) -> Result<*mut dentry> {
    let mut folders = FOLDERS.lock();
    let mut parent = ptr::null_mut();
    for end in ends(path) {
        match user(&mut folders, &path[..end], parent) {
            Ok(folder) => parent = folder.as_ptr(),
            Err(error) => {
                leave_in(&mut folders, &path[..end]);
                return Err(error);
            }
        }
    }
    Ok(parent)
}

/// Gives back what [`enter`] has given for `path`, in which the file is not any more.
pub(super) fn leave(path: &[u8]) {
    leave_in(&mut FOLDERS.lock(), path);
}

/// The folder at `path`, in `parent`, with one more user.
fn user(folders: &mut KVec<Folder>, path: &[u8], parent: *mut dentry) -> Result<NonNull<dentry>> {
    if let Some(folder) = folders.iter_mut().find(|folder| *folder.path == *path) {
        folder.users += 1;
        return Ok(folder.entry);
    }
    let mut kept = KVec::new();
    kept.extend_from_slice(path, GFP_KERNEL)?;
    let name = CString::new(name(path), GFP_KERNEL)?;
    // What follows does not fail.
    folders.reserve(1, GFP_KERNEL)?;
    // SAFETY: The name is a string; the parent is NULL, or a folder that has a user more than this one.
    let entry = unsafe { bindings::debugfs_create_dir(name.as_ptr(), parent) };
    // INVARIANT: The kernel has made it now.
    let folder = Folder {
        path: kept,
        entry: from_err_ptr(entry)?,
        users: 1,
    };
    let entry = folder.entry;
    folders.push(folder, GFP_KERNEL)?;
    Ok(entry)
}

/// Takes a user from all folders above `path`, and those away that have none any more.
fn leave_in(folders: &mut KVec<Folder>, path: &[u8]) {
    for end in ends(path).rev() {
        let this = folders
            .iter()
            .position(|folder| *folder.path == path[..end]);
        let Some(this) = this else { continue };
        folders[this].users -= 1;
        if folders[this].users == 0
            && let Some(folder) = folders.remove(this)
        {
            // SAFETY: The module has made it (invariant), and nobody is in it any more.
            unsafe { bindings::debugfs_remove(folder.entry.as_ptr()) };
        }
    }
    if folders.is_empty() {
        *folders = KVec::new();
    }
}

/// Where the folders of a path end, from the outermost on.
fn ends(path: &[u8]) -> impl DoubleEndedIterator<Item = usize> {
    let all = path.iter().enumerate();
    all.filter(|(_, byte)| **byte == b'/').map(|(end, _)| end)
}

/// The last name of a path.
pub(super) fn name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_folders_and_a_name() {
        assert_eq!(ends(b"stats").count(), 0);
        let path = b"edu/card0/stats";
        let folders: std::vec::Vec<_> = ends(path).map(|end| &path[..end]).collect();
        assert_eq!(folders, [&b"edu"[..], b"edu/card0"]);
        assert_eq!(name(path), b"stats");
        assert_eq!(name(b"edu/card0"), b"card0");
        assert_eq!(name(b"edu"), b"edu");
    }
}
