// SPDX-License-Identifier: GPL-2.0-only
//! `ioctl(2)` with any command, and an argument that is a number or memory of the test's own.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};

use crate::fault::Buffer;
use crate::guest;

/// `ioctl(2)` with a number as argument. Gives what it returned.
///
/// # Errors
/// What `ioctl(2)` gives: ENOTTY when the device has no such command, EFAULT when it takes the
/// number for an address.
///
/// # Panics
/// If the number could be the address of something: from 64 KiB up to half of all addresses.
pub fn ioctl(file: impl AsFd, cmd: u32, arg: usize) -> io::Result<u32> {
    guest::require();
    assert!(
        arg < 1 << 16 || arg.cast_signed() < 0,
        "{arg:#x} could be an address"
    );
    call(file.as_fd(), cmd, arg)
}

/// Memory for the argument of an ioctl: behind its last byte there is none.
pub struct IoctlMemory {
    buffer: Buffer,
    read_only: bool,
}

impl IoctlMemory {
    /// Memory that holds these bytes.
    ///
    /// # Errors
    /// What `mmap(2)` gives.
    pub fn new(bytes: &[u8]) -> io::Result<Self> {
        let buffer = Buffer::new(bytes.len(), bytes.len())?;
        buffer.fill(bytes);
        Ok(Self {
            buffer,
            read_only: false,
        })
    }

    /// Memory that holds these bytes, and that the kernel cannot write.
    ///
    /// # Errors
    /// What `mmap(2)` and `mprotect(2)` give.
    pub fn read_only(bytes: &[u8]) -> io::Result<Self> {
        let mut memory = Self::new(bytes)?;
        memory.buffer.read_only()?;
        memory.read_only = true;
        Ok(memory)
    }

    /// Writes these bytes over what it holds.
    ///
    /// # Panics
    /// If they are not as many, or the memory is read-only.
    pub fn fill(&mut self, bytes: &[u8]) {
        assert!(!self.read_only, "the memory is read-only");
        self.buffer.fill(bytes);
    }

    /// What it holds now.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.buffer.mapped_bytes().to_vec()
    }

    /// `ioctl(2)` with the memory's address. Gives what it returned.
    ///
    /// # Errors
    /// What `ioctl(2)` gives: ENOTTY when the device has no such command, EFAULT when the memory
    /// is not as long as the command wants.
    pub fn ioctl(&self, file: impl AsFd, cmd: u32) -> io::Result<u32> {
        guest::require();
        call(file.as_fd(), cmd, self.buffer.start().expose_provenance())
    }
}

fn call(fd: BorrowedFd<'_>, cmd: u32, arg: usize) -> io::Result<u32> {
    // SAFETY: the argument is no address of ours, or that of memory behind which nothing is
    // mapped, and to which nobody has a reference now: so nothing else is written.
    // (C libraries do not agree on the command's type, so this is the system call itself.)
    let status = unsafe { libc::syscall(libc::SYS_ioctl, fd.as_raw_fd(), cmd, arg) };
    u32::try_from(status).map_err(|_| io::Error::last_os_error())
}

#[cfg(test)]
mod tests {
    use super::{IoctlMemory, call};
    use std::fs::File;
    use std::io::Write;
    use std::os::fd::AsFd;

    const FIONREAD: u32 = 0x541b;

    #[test]
    fn memory_is_written_unless_it_is_read_only() {
        let (reader, mut writer) = std::io::pipe().unwrap();
        writer.write_all(b"12345").unwrap();
        let file = File::from(std::os::fd::OwnedFd::from(reader));
        let memory = IoctlMemory::new(&[0; 4]).unwrap();
        let address = memory.buffer.start().expose_provenance();
        assert_eq!(call(file.as_fd(), FIONREAD, address).unwrap(), 0);
        assert_eq!(memory.bytes(), 5_u32.to_ne_bytes());
        let memory = IoctlMemory::read_only(&[7; 4]).unwrap();
        let address = memory.buffer.start().expose_provenance();
        let error = call(file.as_fd(), FIONREAD, address).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EFAULT));
        assert_eq!(memory.bytes(), [7; 4]);
    }
}
