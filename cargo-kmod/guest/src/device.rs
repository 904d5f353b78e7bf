// SPDX-License-Identifier: GPL-2.0-only
//! Device numbers, nodes and what `std` lacks for using them.

use std::fs;
use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::fs::{CWD, FileType, Mode, makedev};

use crate::guest;

/// The major number of the character devices registered as `name` in `/proc/devices`.
///
/// # Errors
/// `NotFound` when there is none.
pub fn char_major(name: &str) -> io::Result<u32> {
    guest::require();
    let devices = fs::read_to_string("/proc/devices")?;
    parse_major(&devices, name).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::NotFound,
            format!("no character device `{name}` in /proc/devices"),
        )
    })
}

fn parse_major(devices: &str, name: &str) -> Option<u32> {
    let characters = devices.split("Block devices:").next()?;
    characters.lines().find_map(|line| {
        let (major, listed) = line.trim().split_once(' ')?;
        (listed == name).then(|| major.parse().ok())?
    })
}

/// Makes a character device's node, mode 0600.
///
/// # Errors
/// What `mknod(2)` gives.
pub fn mknod(path: impl AsRef<Path>, major: u32, minor: u32) -> io::Result<()> {
    guest::require();
    Ok(rustix::fs::mknodat(
        CWD,
        path.as_ref(),
        FileType::CharacterDevice,
        Mode::RUSR | Mode::WUSR,
        makedev(major, minor),
    )?)
}

/// Major and minor number of a character device's node.
///
/// # Errors
/// When there is no such file or it is no character device.
pub fn node_number(path: impl AsRef<Path>) -> io::Result<(u32, u32)> {
    guest::require();
    let path = path.as_ref();
    let meta = fs::metadata(path)?;
    if !meta.file_type().is_char_device() {
        return Err(io::Error::other(format!(
            "{} is no character device",
            path.display()
        )));
    }
    Ok((
        rustix::fs::major(meta.rdev()),
        rustix::fs::minor(meta.rdev()),
    ))
}

/// `lseek(2)` with any `whence`, valid or not.
///
/// # Errors
/// What `lseek(2)` gives: ESPIPE when the file cannot seek, EINVAL for a bad offset or `whence`.
pub fn lseek(file: impl AsFd, offset: i64, whence: i32) -> io::Result<u64> {
    guest::require();
    // SAFETY: lseek takes no pointer; a bad argument gives an errno.
    let at = unsafe { libc::lseek(file.as_fd().as_raw_fd(), offset, whence) };
    u64::try_from(at).map_err(|_| io::Error::last_os_error())
}

/// An empty folder of the test's own, on a tmpfs. Removed when dropped.
#[derive(Debug)]
pub struct TempDir {
    path: PathBuf,
}

impl TempDir {
    /// Makes one.
    ///
    /// # Errors
    /// What `mkdir(2)` gives.
    pub fn new() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        guest::require();
        let name = format!(
            "test-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path)?;
        Ok(Self { path })
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A path below it.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        // A filesystem may still be mounted in it; the VM ends soon anyway.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::parse_major;

    const DEVICES: &str = "Character devices:\n  1 mem\n 10 misc\n\nBlock devices:\n254 virtblk\n";

    #[test]
    fn major_of_a_character_device() {
        assert_eq!(parse_major(DEVICES, "mem"), Some(1));
        assert_eq!(parse_major(DEVICES, "misc"), Some(10));
    }

    #[test]
    fn block_devices_do_not_count() {
        assert_eq!(parse_major(DEVICES, "virtblk"), None);
        assert_eq!(parse_major(DEVICES, "me"), None);
    }
}
