// SPDX-License-Identifier: GPL-2.0-only
//! A pipe: what is written to /dev/pipe is read from it, by whoever comes first.
//!
//! Readers sleep while it is empty and writers while it is full, unless they said `O_NONBLOCK`;
//! a signal wakes them, and `poll(2)` tells when they need not sleep.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// A pipe behind a device
#[kernel_module(
    name = "pipe",
    license = "GPL",
    authors = ["The kmod developers"],
    params(
        /// How many bytes the pipe holds
        #[param(range = 1..=65536)]
        size: u32 = 4096,
    ),
)]
struct Module {
    /// /dev/pipe
    #[chrdev(mode = 0o666)]
    pipe: Pipe,
}

impl KernelModule for Module {
    fn init(params: &ModuleParams) -> Result<Self> {
        let data = KVec::from_elem(0, params.size() as usize, GFP_KERNEL)?;
        Ok(Self {
            pipe: Pipe {
                ring: Mutex::new(Ring {
                    data,
                    start: 0,
                    len: 0,
                }),
                readable: WaitQueue::new(),
                writable: WaitQueue::new(),
            },
        })
    }
}

struct Pipe {
    ring: Mutex<Ring>,
    readable: WaitQueue,
    writable: WaitQueue,
}

/// The `len` bytes from `start` on are to be read; at the end of `data` it goes on at its start.
struct Ring {
    data: KVec<u8>,
    start: usize,
    len: usize,
}

impl Ring {
    fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn is_full(&self) -> bool {
        self.len == self.data.len()
    }

    /// Hands out what is in one piece.
    fn read(&mut self, to: &mut UserWriter<'_>) -> Result {
        let end = self.data.len().min(self.start + self.len);
        let n = to.write(&self.data[self.start..end])?;
        self.start = (self.start + n) % self.data.len();
        self.len -= n;
        Ok(())
    }

    /// Takes what there is room for in one piece.
    fn write(&mut self, from: &mut UserReader<'_>) -> Result {
        let size = self.data.len();
        let start = (self.start + self.len) % size;
        let end = size.min(start + size - self.len);
        self.len += from.read(&mut self.data[start..end])?;
        Ok(())
    }
}

#[file_operations]
impl FileOperations for Pipe {
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let mut ring = self.ring.lock_interruptible()?;
        if ring.is_empty() && file.nonblocking() {
            return Err(EAGAIN);
        }
        ring = self.readable.wait_locked(ring, |ring| !ring.is_empty())?;
        ring.read(to)?;
        self.writable.wake_up_poll(PollEvents::WRITABLE);
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut ring = self.ring.lock_interruptible()?;
        if ring.is_full() && file.nonblocking() {
            return Err(EAGAIN);
        }
        ring = self.writable.wait_locked(ring, |ring| !ring.is_full())?;
        ring.write(from)?;
        self.readable.wake_up_poll(PollEvents::READABLE);
        Ok(())
    }

    fn poll(&self, _file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        table.wait(&self.readable);
        table.wait(&self.writable);
        let ring = self.ring.lock();
        PollEvents::READABLE.when(!ring.is_empty()) | PollEvents::WRITABLE.when(!ring.is_full())
    }
}
