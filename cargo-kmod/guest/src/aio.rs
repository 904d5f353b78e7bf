// SPDX-License-Identifier: GPL-2.0-only
//! Asynchronous reads and writes, by `io_submit(2)`.

use std::cell::Cell;
use std::io;
use std::marker::PhantomData;
use std::os::fd::{AsFd, AsRawFd};
use std::ptr;

use crate::fault::Buffer;
use crate::guest;

// `<linux/aio_abi.h>`, of which `libc` has nothing.
const PREAD: u16 = 0;
const PWRITE: u16 = 1;

#[repr(C)]
#[derive(Default)]
struct Iocb {
    data: u64,
    key: u32,
    rw_flags: i32,
    opcode: u16,
    priority: i16,
    fd: u32,
    buf: u64,
    len: u64,
    offset: i64,
    reserved: u64,
    flags: u32,
    eventfd: u32,
}

#[repr(C)]
#[derive(Default)]
struct IoEvent {
    data: u64,
    iocb: u64,
    result: i64,
    result_2: i64,
}

/// A context for asynchronous reads and writes, one after the other.
///
/// # Invariants
/// It is one of ours, and nothing is under way in it but during a call of `Aio::submit`; of which
/// there is one at a time, since it is not `Sync`.
#[derive(Debug)]
pub struct Aio {
    context: libc::c_ulong,
    not_sync: PhantomData<Cell<()>>,
}

impl Aio {
    /// A new context: `io_setup(2)`.
    ///
    /// # Errors
    /// What `io_setup(2)` gives.
    pub fn new() -> io::Result<Self> {
        guest::require();
        Self::setup()
    }

    /// An asynchronous read at `offset` into a buffer of which only the first `mapped` bytes are
    /// mapped. Gives the bytes that the kernel says it read, as far as they are mapped.
    ///
    /// # Errors
    /// What `io_submit(2)` gives, EINVAL when the device has no `read_iter`; or what the device
    /// answered.
    pub fn read(
        &self,
        file: impl AsFd,
        mapped: usize,
        len: usize,
        offset: i64,
    ) -> io::Result<Vec<u8>> {
        let buffer = Buffer::new(mapped, len)?;
        let read = self.submit(file, PREAD, &buffer, len, offset)?;
        Ok(buffer.mapped_bytes()[..read.min(mapped)].to_vec())
    }

    /// An asynchronous write at `offset`, from a buffer that begins with `bytes` and is unmapped
    /// from there up to `len`.
    ///
    /// # Errors
    /// As [`Aio::read`], with `write_iter`.
    pub fn write(
        &self,
        file: impl AsFd,
        bytes: &[u8],
        len: usize,
        offset: i64,
    ) -> io::Result<usize> {
        let buffer = Buffer::new(bytes.len(), len)?;
        buffer.fill(bytes);
        self.submit(file, PWRITE, &buffer, len, offset)
    }

    fn setup() -> io::Result<Self> {
        let mut context = 0;
        // SAFETY: the kernel writes the context's number, which outlives the call.
        check(unsafe { libc::syscall(libc::SYS_io_setup, 1, &raw mut context) })?;
        Ok(Self {
            context,
            not_sync: PhantomData,
        })
    }

    /// Submits one operation and waits for its answer.
    fn submit(
        &self,
        file: impl AsFd,
        opcode: u16,
        buffer: &Buffer,
        len: usize,
        offset: i64,
    ) -> io::Result<usize> {
        let mut iocb = Iocb {
            opcode,
            fd: file.as_fd().as_raw_fd().cast_unsigned(),
            buf: buffer.start().expose_provenance() as u64,
            len: len as u64,
            offset,
            ..Iocb::default()
        };
        let iocbs = [&raw mut iocb];
        // SAFETY: the kernel reads the operation in this call. Until it has answered, which is
        // waited for below, it uses a mapping of ours, or answers EFAULT.
        check(unsafe { libc::syscall(libc::SYS_io_submit, self.context, 1, iocbs.as_ptr()) })?;
        let event = self.answer();
        usize::try_from(event.result)
            .map_err(|_| io::Error::from_raw_os_error(-event.result as i32))
    }

    /// Waits for the answer to what is under way.
    fn answer(&self) -> IoEvent {
        let mut event = IoEvent::default();
        let no_timeout = ptr::null_mut::<libc::timespec>();
        loop {
            let event_at = &raw mut event;
            // SAFETY: the kernel writes one event in this call.
            let events = unsafe {
                libc::syscall(
                    libc::SYS_io_getevents,
                    self.context,
                    1,
                    1,
                    event_at,
                    no_timeout,
                )
            };
            if events == 1 {
                return event;
            }
            // The caller's memory is not given back while the kernel may use it.
            if io::Error::last_os_error().kind() != io::ErrorKind::Interrupted {
                std::process::abort();
            }
        }
    }
}

impl Drop for Aio {
    fn drop(&mut self) {
        // SAFETY: the context is ours, and used no more.
        unsafe { libc::syscall(libc::SYS_io_destroy, self.context) };
    }
}

fn check(ret: libc::c_long) -> io::Result<()> {
    if ret < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Aio, PREAD, PWRITE};
    use crate::fault::Buffer;
    use rustix::fs::MemfdFlags;

    #[test]
    fn what_is_written_is_read() {
        let file = rustix::fs::memfd_create("file", MemfdFlags::empty()).unwrap();
        let aio = Aio::setup().unwrap();
        let buffer = Buffer::new(3, 3).unwrap();
        buffer.fill(b"abc");
        assert_eq!(aio.submit(&file, PWRITE, &buffer, 3, 1).unwrap(), 3);
        let back = Buffer::new(8, 8).unwrap();
        assert_eq!(aio.submit(&file, PREAD, &back, 8, 0).unwrap(), 4);
        assert_eq!(&back.mapped_bytes()[..4], b"\0abc");
        let nowhere = Buffer::new(0, 8).unwrap();
        let error = aio.submit(&file, PREAD, &nowhere, 8, 0).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EFAULT));
    }
}
