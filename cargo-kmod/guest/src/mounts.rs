// SPDX-License-Identifier: GPL-2.0-only
//! Filesystems: which there are, and mounting one.

use std::ffi::CStr;
use std::io;
use std::path::{Path, PathBuf};

use rustix::mount::{MountFlags, UnmountFlags};

use crate::device::TempDir;
use crate::guest;

/// A mounted filesystem. Unmounted when dropped.
#[derive(Debug)]
#[must_use = "the filesystem is unmounted when this is dropped"]
pub struct Mounted {
    dir: TempDir,
}

/// The names in `/proc/filesystems`.
///
/// # Errors
/// When it cannot be read.
pub fn filesystems() -> io::Result<Vec<String>> {
    guest::require();
    Ok(std::fs::read_to_string("/proc/filesystems")?
        .lines()
        .filter_map(|line| line.split_whitespace().last())
        .map(str::to_owned)
        .collect())
}

/// Mounts a filesystem of type `fstype`, which needs no device, on a new folder.
///
/// # Errors
/// What `mount(2)` gives: ENODEV when no such filesystem is registered.
pub fn mount(fstype: &str) -> io::Result<Mounted> {
    mount_with(fstype, c"")
}

/// As [`mount`], with options for the filesystem itself: the last argument of `mount(2)`.
///
/// # Errors
/// As [`mount`]; EINVAL for an option that the filesystem does not know.
pub fn mount_with(fstype: &str, options: &CStr) -> io::Result<Mounted> {
    guest::require();
    let dir = TempDir::new()?;
    rustix::mount::mount("none", dir.path(), fstype, MountFlags::empty(), options)?;
    Ok(Mounted { dir })
}

impl Mounted {
    /// The folder it is mounted on.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Asks for it to be writable from now on, as `mount -o remount,rw` does.
    ///
    /// # Errors
    /// What `mount(2)` gives. A read-only filesystem may well agree and stay as it is.
    pub fn remount_writable(&self) -> io::Result<()> {
        Ok(rustix::mount::mount_remount(
            self.path(),
            MountFlags::empty(),
            "",
        )?)
    }

    /// A path below the folder.
    #[must_use]
    pub fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let result = rustix::mount::unmount(self.path(), UnmountFlags::empty());
        if !std::thread::panicking() {
            result.unwrap_or_else(|e| panic!("unmounting {}: {e}", self.path().display()));
        }
    }
}
