// SPDX-License-Identifier: GPL-2.0-only
//! Files that the module itself opens, reads and writes, by their paths: the kernel's `filp_open()`, `kernel_read()`
//! and `kernel_write()`, for modules of all licences.
//!
//! Few modules should: what they are told belongs into parameters, sysctls and files of their own, and what a
//! device is sent is [firmware](crate::firmware). A path means what it means to the task that runs, with its
//! permissions, and a file system may do whatever it likes meanwhile.
//!
//! ```
//! use kmod_core::kernel_file::KernelFile;
//! use kmod_core::prelude::*;
//!
//! /// Into the terminal of who calls, if there is one.
//! fn tell(text: &[u8]) -> Result {
//!     KernelFile::update(c"/dev/tty")?.write_all(text, 0)
//! }
//! # fn main() {}
//! ```

use core::ffi::{CStr, c_int, c_uint};
use core::ptr::NonNull;

use kmod_bindings as bindings;

use crate::alloc::{Flags, KVec};
use crate::error::code::{EFBIG, EINVAL, EIO};
use crate::error::{Error, Result, from_err_ptr, to_result};

/// An open file, which is closed when the value goes.
///
/// To open, read, write, sync and close it may sleep.
///
/// # Invariants
///
/// It is what `kmod_kernel_file_open()` has given.
pub struct KernelFile(NonNull<bindings::file>);

// SAFETY: A file may be used by any task, and closed by any that may sleep.
unsafe impl Send for KernelFile {}
// SAFETY: A file is read and written at positions of the callers', and the kernel locks what it has to.
unsafe impl Sync for KernelFile {}

impl KernelFile {
    /// One that is there, to read it.
    ///
    /// # Errors
    ///
    /// Those of `open(2)`; `ESRCH` in a task that is ending; `ELOOP` for a device's node of this module, which
    /// the open file would keep for ever, and where handlers that open files have called each other too often.
    pub fn open(path: &CStr) -> Result<Self> {
        Self::with(path, bindings::O_RDONLY, 0)
    }

    /// One that is there, to read and write it.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open).
    pub fn update(path: &CStr) -> Result<Self> {
        Self::with(path, bindings::O_RDWR, 0)
    }

    /// An empty one, to write it: what it was before is gone. A new one has this mode.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open).
    pub fn create(path: &CStr, mode: u16) -> Result<Self> {
        let flags = bindings::O_WRONLY | bindings::O_CREAT | bindings::O_TRUNC;
        Self::with(path, flags, mode)
    }

    /// A new one, to write it.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open); `EEXIST` if there is one, also a link.
    pub fn create_new(path: &CStr, mode: u16) -> Result<Self> {
        let flags = bindings::O_WRONLY | bindings::O_CREAT | bindings::O_EXCL;
        Self::with(path, flags, mode)
    }

    /// One that is written at its end, wherever that is. A new one has this mode.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open).
    pub fn append(path: &CStr, mode: u16) -> Result<Self> {
        let flags = bindings::O_WRONLY | bindings::O_CREAT | bindings::O_APPEND;
        Self::with(path, flags, mode)
    }

    fn with(path: &CStr, flags: c_uint, mode: u16) -> Result<Self> {
        // What `open(2)` takes, without the bits of special rights.
        let mode = c_uint::from(mode) & 0o777;
        let flags = flags as c_int;
        // SAFETY: The path is a string. Where sleeping is not allowed, this is found by `atomic-sleep`.
        let file = unsafe { bindings::kmod_kernel_file_open(path.as_ptr(), flags, mode) };
        // INVARIANT: It was given just now.
        Ok(Self(from_err_ptr(file)?))
    }

    /// Reads from a position on, and returns how many bytes came: none at the end, else perhaps fewer than there
    /// is room for.
    ///
    /// # Errors
    ///
    /// Those of `read(2)`; `EINVAL` for what the kernel itself cannot read: a folder, most files in `/proc`;
    /// `ELOOP` where handlers that read have called each other too often.
    pub fn read(&self, to: &mut [u8], pos: u64) -> Result<usize> {
        let (to, len, pos) = (to.as_mut_ptr().cast(), to.len(), position(pos)?);
        // SAFETY: The file is open (invariant), and there is as much room.
        moved(unsafe { bindings::kmod_kernel_file_read(self.0.as_ptr(), to, len, pos) })
    }

    /// Reads all, from the beginning to the end.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read); `EFBIG` if it is more than `max` bytes; `ENOMEM`.
    pub fn read_all(&self, max: usize, flags: Flags) -> Result<KVec<u8>> {
        const PIECE: usize = 4096;
        let mut all = KVec::new();
        loop {
            let begin = all.len();
            // One more shows that there is more.
            let piece = PIECE.min(max.saturating_sub(begin).saturating_add(1));
            all.resize(begin + piece, 0, flags)?;
            let room = all.get_mut(begin..).unwrap_or_default();
            let n = self.read(room, begin as u64)?;
            all.truncate(begin + n);
            match n {
                0 => return Ok(all),
                _ if all.len() > max => return Err(EFBIG),
                _ => {}
            }
        }
    }

    /// Writes at a position, or at the end if it was opened by [`append`](Self::append), and returns how many
    /// bytes went, perhaps fewer than there are.
    ///
    /// # Errors
    ///
    /// Those of `write(2)`; `EINVAL` for what the kernel itself cannot write: files in `/proc`;
    /// `ELOOP` where handlers that write have called each other too often.
    pub fn write(&self, from: &[u8], pos: u64) -> Result<usize> {
        let (from, len, pos) = (from.as_ptr().cast(), from.len(), position(pos)?);
        // SAFETY: The file is open (invariant), and there are as many bytes.
        moved(unsafe { bindings::kmod_kernel_file_write(self.0.as_ptr(), from, len, pos) })
    }

    /// Writes all, from this position on.
    ///
    /// # Errors
    ///
    /// Those of [`write`](Self::write), after a part was written, perhaps; `EIO` if nothing goes any more.
    pub fn write_all(&self, from: &[u8], pos: u64) -> Result {
        let (mut left, mut pos) = (from, pos);
        while !left.is_empty() {
            let n = self.write(left, pos)?;
            if n == 0 {
                return Err(EIO);
            }
            left = left.get(n..).unwrap_or_default();
            pos = pos.saturating_add(n as u64);
        }
        Ok(())
    }

    /// Waits until what was written is on the disk: `fsync(2)`.
    ///
    /// # Errors
    ///
    /// Those of `fsync(2)`.
    pub fn sync(&self) -> Result {
        // SAFETY: The file is open (invariant).
        to_result(unsafe { bindings::kmod_kernel_file_sync(self.0.as_ptr()) })?;
        Ok(())
    }
}

impl Drop for KernelFile {
    fn drop(&mut self) {
        // SAFETY: It was opened (invariant), and nobody uses it any more.
        unsafe { bindings::kmod_kernel_file_close(self.0.as_ptr()) };
    }
}

/// The kernel's positions have a sign.
fn position(pos: u64) -> Result<i64> {
    i64::try_from(pos).map_err(|_| EINVAL)
}

/// A number of bytes, or an error.
fn moved(ret: isize) -> Result<usize> {
    usize::try_from(ret).map_err(|_| Error::from_errno(ret as c_int))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::code::EBADF;

    #[test]
    fn what_c_returns_is_a_length_or_an_error() {
        assert_eq!(moved(0), Ok(0));
        assert_eq!(moved(7), Ok(7));
        assert_eq!(moved(-9), Err(EBADF));
        assert_eq!(position(i64::MAX as u64), Ok(i64::MAX));
        assert_eq!(position(i64::MAX as u64 + 1), Err(EINVAL));
    }
}
