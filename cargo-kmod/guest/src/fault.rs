// SPDX-License-Identifier: GPL-2.0-only
//! System calls with buffers that the kernel cannot reach, in part or in full.
//!
//! Safe, because the addresses are ours to spoil: pages that are unmapped, never a Rust object.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::ptr;

use crate::guest;

/// `read(2)` of `len` bytes into memory that is not mapped.
///
/// # Errors
/// What `read(2)` gives; EFAULT is what a driver should answer.
pub fn read_into_unmapped(file: impl AsFd, len: usize) -> io::Result<usize> {
    guest::require();
    Buffer::new(0, len)?.read(file.as_fd(), None)
}

/// `pread(2)` of `len` bytes into memory that is not mapped.
///
/// # Errors
/// As [`read_into_unmapped`].
pub fn pread_into_unmapped(file: impl AsFd, len: usize, offset: u64) -> io::Result<usize> {
    guest::require();
    Buffer::new(0, len)?.read(file.as_fd(), Some(offset))
}

/// `write(2)` of `len` bytes from memory that is not mapped.
///
/// # Errors
/// As [`read_into_unmapped`].
pub fn write_from_unmapped(file: impl AsFd, len: usize) -> io::Result<usize> {
    guest::require();
    Buffer::new(0, len)?.write(file.as_fd())
}

/// `read(2)` into a buffer of which only the first `mapped` bytes are mapped. Gives the bytes that
/// the kernel says it read, as far as they are mapped.
///
/// # Errors
/// As [`read_into_unmapped`].
pub fn read_partly_mapped(file: impl AsFd, mapped: usize, len: usize) -> io::Result<Vec<u8>> {
    guest::require();
    let buffer = Buffer::new(mapped, len)?;
    let read = buffer.read(file.as_fd(), None)?;
    Ok(buffer.mapped_bytes()[..read.min(mapped)].to_vec())
}

/// `write(2)` from a buffer that begins with `bytes` and is unmapped from there up to `len`.
///
/// # Errors
/// As [`read_into_unmapped`].
pub fn write_partly_mapped(file: impl AsFd, bytes: &[u8], len: usize) -> io::Result<usize> {
    guest::require();
    let buffer = Buffer::new(bytes.len(), len)?;
    buffer.fill(bytes);
    buffer.write(file.as_fd())
}

/// `read(2)` of any length, also of one that no process has, into memory that is not mapped.
///
/// # Errors
/// As [`read_into_unmapped`].
pub fn read_any_length(file: impl AsFd, len: usize) -> io::Result<usize> {
    guest::require();
    let mut buffer = Buffer::new(0, 1)?;
    // The first byte faults, so what lies behind the mapping is never reached.
    buffer.len = len;
    buffer.read(file.as_fd(), None)
}

/// `write(2)` of any length, also of one that no process has, from memory that is not mapped.
///
/// # Errors
/// As [`read_into_unmapped`].
pub fn write_any_length(file: impl AsFd, len: usize) -> io::Result<usize> {
    guest::require();
    let mut buffer = Buffer::new(0, 1)?;
    buffer.len = len;
    buffer.write(file.as_fd())
}

/// `len` bytes, of which the first `mapped` can be reached.
///
/// # Invariants
/// `base..base + size` is a mapping of ours; its bytes from `start + mapped` up to `start + len`
/// have PROT_NONE, those before can be read and written.
pub(crate) struct Buffer {
    base: *mut libc::c_void,
    size: usize,
    start: *mut u8,
    mapped: usize,
    len: usize,
}

impl Buffer {
    pub(crate) fn new(mapped: usize, len: usize) -> io::Result<Self> {
        assert!(mapped <= len, "{mapped} mapped bytes of {len}");
        let page = rustix::param::page_size();
        let front = mapped.next_multiple_of(page);
        let size = front + (len - mapped).next_multiple_of(page).max(page);
        // SAFETY: a new private anonymous mapping; nothing is replaced.
        let base = unsafe {
            libc::mmap(
                ptr::null_mut(),
                size,
                libc::PROT_NONE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let start = base.cast::<u8>().wrapping_add(front - mapped);
        let buffer = Self {
            base,
            size,
            start,
            mapped,
            len,
        };
        if front > 0 {
            let prot = libc::PROT_READ | libc::PROT_WRITE;
            // SAFETY: the first `front` bytes of our own mapping.
            let status = unsafe { libc::mprotect(base, front, prot) };
            if status != 0 {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(buffer)
    }

    pub(crate) fn fill(&self, bytes: &[u8]) {
        assert_eq!(bytes.len(), self.mapped);
        // SAFETY: by the invariant, `mapped` bytes from `start` can be written; ours alone.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.start, bytes.len()) };
    }

    pub(crate) fn mapped_bytes(&self) -> &[u8] {
        // SAFETY: by the invariant; anonymous pages are initialised with zeros.
        unsafe { std::slice::from_raw_parts(self.start, self.mapped) }
    }

    /// Where it begins.
    pub(crate) fn start(&self) -> *mut u8 {
        self.start
    }

    /// Takes the right to write its mapped bytes from the kernel.
    pub(crate) fn read_only(&self) -> io::Result<()> {
        let front = self.mapped.next_multiple_of(rustix::param::page_size());
        // SAFETY: the first `front` bytes of our own mapping, of which we write none any more.
        let status = unsafe { libc::mprotect(self.base, front, libc::PROT_READ) };
        if status != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }

    fn read(&self, fd: BorrowedFd<'_>, offset: Option<u64>) -> io::Result<usize> {
        let fd = fd.as_raw_fd();
        let (start, len) = (self.start.cast(), self.len);
        let done = match offset {
            // SAFETY: the kernel writes only into our own mapping, or answers EFAULT.
            None => unsafe { libc::read(fd, start, len) },
            // SAFETY: the kernel writes only into our own mapping here, too.
            Some(offset) => unsafe { libc::pread(fd, start, len, offset as libc::off_t) },
        };
        usize::try_from(done).map_err(|_| io::Error::last_os_error())
    }

    fn write(&self, fd: BorrowedFd<'_>) -> io::Result<usize> {
        // SAFETY: the kernel only reads, and answers EFAULT where it cannot.
        let done = unsafe { libc::write(fd.as_raw_fd(), self.start.cast(), self.len) };
        usize::try_from(done).map_err(|_| io::Error::last_os_error())
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: our own mapping, and no reference into it outlives `self`.
        unsafe { libc::munmap(self.base, self.size) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn unmapped_is_efault() {
        let zero = File::open("/dev/zero").unwrap();
        let error = Buffer::new(0, 8)
            .unwrap()
            .read(zero.as_fd(), None)
            .unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EFAULT));
    }

    #[test]
    fn what_is_mapped_is_reached() {
        let (reader, writer) = io::pipe().unwrap();
        let buffer = Buffer::new(3, 3).unwrap();
        buffer.fill(b"abc");
        assert_eq!(buffer.write(writer.as_fd()).unwrap(), 3);
        let back = Buffer::new(3, 3).unwrap();
        assert_eq!(back.read(reader.as_fd(), None).unwrap(), 3);
        assert_eq!(back.mapped_bytes(), b"abc");
    }
}
