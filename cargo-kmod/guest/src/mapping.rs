// SPDX-License-Identifier: GPL-2.0-only
//! `mmap(2)` and what follows from it. Memory is touched as what others change meanwhile, and
//! only where it is there: what cannot be reached is an error, no signal.

use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::guest;

/// Memory of a file, mapped. Unmapped when dropped.
///
/// # Invariants
/// `len` bytes at `start`, whole pages, are a mapping of ours; it need not allow any access.
#[derive(Debug)]
pub struct Mapping {
    start: *mut libc::c_void,
    len: usize,
}

// SAFETY: address space belongs to the process; it is touched atomically or by system calls.
unsafe impl Send for Mapping {}
// SAFETY: shared references touch the memory atomically or by system calls, too.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// `mmap(2)`, at an address that the kernel chooses.
    ///
    /// # Errors
    /// What `mmap(2)` gives.
    ///
    /// # Panics
    /// If `flags` would replace other mappings.
    pub fn new(
        file: impl AsFd,
        len: usize,
        prot: i32,
        flags: i32,
        offset: i64,
    ) -> io::Result<Self> {
        guest::require();
        assert_eq!(
            flags & libc::MAP_FIXED,
            0,
            "that would replace other memory"
        );
        let fd = file.as_fd().as_raw_fd();
        // SAFETY: the kernel chooses an address that is free.
        let start = unsafe { libc::mmap(ptr::null_mut(), len, prot, flags, fd, offset) };
        let len = len.next_multiple_of(rustix::param::page_size());
        Self::made(start, len)
    }

    /// `mmap(2)` to be read and written, shared, from the file's start.
    ///
    /// # Errors
    /// What `mmap(2)` gives.
    pub fn shared(file: impl AsFd, len: usize) -> io::Result<Self> {
        Self::new(
            file,
            len,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_SHARED,
            0,
        )
    }

    fn made(start: *mut libc::c_void, len: usize) -> io::Result<Self> {
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        Ok(Self { start, len })
    }

    /// The bytes from `offset` on.
    ///
    /// # Errors
    /// EFAULT when they cannot be read.
    pub fn read(&self, offset: usize, len: usize) -> io::Result<Vec<u8>> {
        let mut data = vec![0; len];
        self.transfer(offset, data.as_mut_ptr(), len, libc::SYS_process_vm_readv)?;
        Ok(data)
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// EFAULT when they cannot be written.
    pub fn write(&self, offset: usize, data: &[u8]) -> io::Result<()> {
        let from = data.as_ptr().cast_mut();
        self.transfer(offset, from, data.len(), libc::SYS_process_vm_writev)
    }

    /// Where `len` bytes from `offset` on are.
    pub(crate) fn at(&self, offset: usize, len: usize) -> *mut libc::c_void {
        assert!(offset.checked_add(len).is_some_and(|end| end <= self.len));
        self.start.wrapping_byte_add(offset)
    }

    /// Between here and our own memory as that of another process: a system call, and no signal.
    fn transfer(
        &self,
        offset: usize,
        ours: *mut u8,
        len: usize,
        call: libc::c_long,
    ) -> io::Result<()> {
        let there = self.at(offset, len);
        let near = libc::iovec {
            iov_base: ours.cast(),
            iov_len: len,
        };
        let far = libc::iovec {
            iov_base: there,
            iov_len: len,
        };
        let pid = std::process::id();
        // SAFETY: the near side is memory of the caller's for this call; the far side is our own
        // mapping, or not there, which is EFAULT.
        let done = unsafe { libc::syscall(call, pid, &near, 1_usize, &far, 1_usize, 0_usize) };
        match usize::try_from(done) {
            Ok(done) if done == len => Ok(()),
            Ok(_) => Err(io::Error::from_raw_os_error(libc::EFAULT)),
            Err(_) => Err(io::Error::last_os_error()),
        }
    }

    /// The number at `offset`, as an atomic.
    ///
    /// # Errors
    /// EFAULT when it cannot be read.
    ///
    /// # Panics
    /// If it is not aligned.
    pub fn atomic(&self, offset: usize) -> io::Result<&AtomicU32> {
        self.read(offset, 4)?;
        let place = self.start.wrapping_byte_add(offset).cast::<u32>();
        assert!(place.is_aligned());
        // SAFETY: within our mapping (checked by `read`) and aligned; whoever changes it meanwhile
        // does so as an atomic, or by a system call.
        Ok(unsafe { AtomicU32::from_ptr(place) })
    }

    /// What the kernel says of it: the `VmFlags` of `/proc/self/smaps`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn vm_flags(&self) -> io::Result<String> {
        let smaps = std::fs::read_to_string("/proc/self/smaps")?;
        let start = format!("{:x}-", self.start.addr());
        let mut lines = smaps.lines().skip_while(|line| !line.starts_with(&start));
        let flags = lines.find_map(|line| line.strip_prefix("VmFlags: "));
        flags
            .map(str::to_owned)
            .ok_or_else(|| io::Error::other("no VmFlags"))
    }

    /// `mprotect(2)` of it all.
    ///
    /// # Errors
    /// What `mprotect(2)` gives: EACCES when the mapping cannot have that protection.
    pub fn protect(&self, prot: i32) -> io::Result<()> {
        // SAFETY: our own mapping; using an atomic of it that may not be touched any more is a
        // signal, and nothing worse.
        status(unsafe { libc::mprotect(self.start, self.len, prot) })
    }

    /// `munmap(2)` of a part in the middle; gives what is left before and behind it.
    ///
    /// # Errors
    /// What `munmap(2)` gives.
    ///
    /// # Panics
    /// If that is not whole pages, with some left on either side.
    pub fn punch(self, offset: usize, len: usize) -> io::Result<[Self; 2]> {
        let page = rustix::param::page_size();
        let end = offset + len;
        assert!(offset > 0 && end < self.len);
        assert!(offset.is_multiple_of(page) && len.is_multiple_of(page));
        // SAFETY: a part of our own mapping; `self` is owned, so no reference is left.
        status(unsafe { libc::munmap(self.start.wrapping_byte_add(offset), len) })?;
        let (start, whole) = (self.start, self.len);
        std::mem::forget(self);
        Ok([
            Self { start, len: offset },
            Self {
                start: start.wrapping_byte_add(end),
                len: whole - end,
            },
        ])
    }

    /// `mremap(2)` to another length, wherever there is room.
    ///
    /// # Errors
    /// What `mremap(2)` gives: EFAULT when the mapping cannot grow. It stays as it was then.
    pub fn remap(&mut self, len: usize) -> io::Result<()> {
        // SAFETY: our own mapping; `self` is borrowed mutably, so no reference is left.
        let start = unsafe { libc::mremap(self.start, self.len, len, libc::MREMAP_MAYMOVE) };
        let made = Self::made(start, len)?;
        std::mem::forget(std::mem::replace(self, made));
        Ok(())
    }

    /// Adds 1 to the number at `offset` in a child process that `fork(2)` makes.
    ///
    /// # Errors
    /// When there can be no child, or it died of the access.
    pub fn add_in_child(&self, offset: usize) -> io::Result<()> {
        let number = self.atomic(offset)?;
        // SAFETY: what follows in the child is async-signal-safe.
        let child = unsafe { libc::fork() };
        if child == 0 {
            number.fetch_add(1, Ordering::SeqCst);
            // SAFETY: it ends the process at once.
            unsafe { libc::_exit(0) };
        }
        status(child)?;
        let mut how = 0;
        // SAFETY: one number, ours.
        status(unsafe { libc::waitpid(child, &mut how, 0) })?;
        if how == 0 {
            Ok(())
        } else {
            Err(io::Error::other(format!("the child ended with {how:#x}")))
        }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: our own mapping, and no reference into it outlives `self`.
        unsafe { libc::munmap(self.start, self.len) };
    }
}

fn status(status: i32) -> io::Result<()> {
    if status < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}
