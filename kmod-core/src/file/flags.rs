// SPDX-License-Identifier: GPL-2.0-only
//! What a file was opened for, its flags, and who calls.

use core::ops::BitOr;

use kmod_bindings as bindings;

use super::{FileOperations, OpenFile};
use crate::task::Caller;

impl<D: FileOperations> OpenFile<'_, D> {
    /// What the file was opened for: C's `f_mode`. It does not change afterwards.
    pub fn mode(&self) -> AccessMode {
        // SAFETY: The file lives (invariant).
        let mode = unsafe { &raw const (*self.file).f_mode };
        // SAFETY: The field lives as the file does; other bits of it may be written meanwhile, like
        // C's own readers take.
        AccessMode(unsafe { mode.cast::<u32>().read_volatile() })
    }

    /// The flags of the file now: C's `f_flags`, which `fcntl(2)` with `F_SETFL` can change.
    ///
    /// What is to be done for the flags of `pwritev2(2)` in a call of
    /// [`write_iter`](FileOperations::write_iter) is not in here, but for that of
    /// [`nonblocking`](Self::nonblocking).
    pub fn flags(&self) -> FileFlags {
        // SAFETY: The file lives (invariant).
        let flags = unsafe { &raw const (*self.file).f_flags };
        // SAFETY: The field lives as the file does; `fcntl(2)` may write the flags meanwhile, like
        // C's own readers take.
        FileFlags(unsafe { flags.read_volatile() })
    }

    /// The task that calls.
    pub fn caller(&self) -> Caller<'_> {
        // The handlers that get a file are called by system calls of the running task; the last
        // one, `release`, by the task that lets go of the file.
        Caller::new()
    }
}

/// What a file was opened for: [`OpenFile::mode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessMode(u32);

impl AccessMode {
    /// Whether the file was opened with `O_RDONLY` or `O_RDWR`: `FMODE_READ`.
    pub fn can_read(self) -> bool {
        self.0 & bindings::KMOD_FMODE_READ != 0
    }

    /// Whether the file was opened with `O_WRONLY` or `O_RDWR`: `FMODE_WRITE`.
    pub fn can_write(self) -> bool {
        self.0 & bindings::KMOD_FMODE_WRITE != 0
    }
}

/// Flags of `open(2)` and `fcntl(2)`, combined with `|`: [`OpenFile::flags`].
///
/// Those that only open, create or close a file (`O_CREAT`, `O_CLOEXEC`, …) are not the file's; and
/// no device's file has `O_DIRECT`, with which the kernel does not open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFlags(u32);

/// Each write goes to the end.
pub const O_APPEND: FileFlags = FileFlags(bindings::O_APPEND);
/// Nothing is to wait; see [`OpenFile::nonblocking`].
pub const O_NONBLOCK: FileFlags = FileFlags(bindings::O_NONBLOCK);
/// What is written is to last when `write(2)` returns.
pub const O_DSYNC: FileFlags = FileFlags(bindings::O_DSYNC);
/// As [`O_DSYNC`], which it contains, and so is what the file is known by.
pub const O_SYNC: FileFlags = FileFlags(bindings::O_SYNC);
/// Reading does not count as access.
pub const O_NOATIME: FileFlags = FileFlags(bindings::O_NOATIME);

impl FileFlags {
    /// Whether all of `flags` are there.
    pub fn contains(self, flags: Self) -> bool {
        self.0 & flags.0 == flags.0
    }
}

impl BitOr for FileFlags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sync_contains_dsync_and_not_the_other_way() {
        assert!(O_SYNC.contains(O_DSYNC));
        assert!(!O_DSYNC.contains(O_SYNC));
        assert!((O_APPEND | O_SYNC).contains(O_APPEND | O_DSYNC));
        assert!(!O_APPEND.contains(O_APPEND | O_NONBLOCK));
    }

    #[test]
    fn a_mode_is_one_of_three() {
        let mode = |bits| {
            let mode = AccessMode(bits);
            (mode.can_read(), mode.can_write())
        };
        assert_eq!(mode(bindings::KMOD_FMODE_READ), (true, false));
        assert_eq!(mode(bindings::KMOD_FMODE_WRITE), (false, true));
        let both = bindings::KMOD_FMODE_READ | bindings::KMOD_FMODE_WRITE;
        assert_eq!(mode(both), (true, true));
    }
}
