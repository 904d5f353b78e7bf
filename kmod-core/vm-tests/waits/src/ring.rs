// SPDX-License-Identifier: GPL-2.0-only
//! A ring of bytes that blocks as a pipe does.

use kmod_core::prelude::*;

const SIZE: usize = 64;

#[derive(Default)]
pub struct Ring {
    bytes: Mutex<Bytes>,
    readable: WaitQueue,
    writable: WaitQueue,
}

struct Bytes {
    data: [u8; SIZE],
    start: usize,
    len: usize,
}

impl Default for Bytes {
    fn default() -> Self {
        Self {
            data: [0; SIZE],
            start: 0,
            len: 0,
        }
    }
}

#[file_operations]
impl FileOperations for Ring {
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let mut bytes = self.bytes.lock_interruptible()?;
        if bytes.len == 0 && file.nonblocking() {
            return Err(EAGAIN);
        }
        bytes = self.readable.wait_locked(bytes, |bytes| bytes.len > 0)?;
        let n = to.len().min(bytes.len).min(SIZE - bytes.start);
        to.write(&bytes.data[bytes.start..][..n])?;
        bytes.start = (bytes.start + n) % SIZE;
        bytes.len -= n;
        drop(bytes);
        self.writable.wake_up_poll(PollEvents::WRITABLE);
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut bytes = self.bytes.lock_interruptible()?;
        if bytes.len == SIZE && file.nonblocking() {
            return Err(EAGAIN);
        }
        bytes = self.writable.wait_locked(bytes, |bytes| bytes.len < SIZE)?;
        let end = (bytes.start + bytes.len) % SIZE;
        let n = from.len().min(SIZE - bytes.len).min(SIZE - end);
        from.read(&mut bytes.data[end..][..n])?;
        bytes.len += n;
        drop(bytes);
        self.readable.wake_up_poll(PollEvents::READABLE);
        Ok(())
    }

    fn poll(&self, _file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        table.wait(&self.readable);
        table.wait(&self.writable);
        let len = self.bytes.lock().len;
        PollEvents::READABLE.when(len > 0) | PollEvents::WRITABLE.when(len < SIZE)
    }
}
