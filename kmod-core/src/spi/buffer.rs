// SPDX-License-Identifier: GPL-2.0-only
//! Memory that a controller can use.

use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;
use core::slice;

use kmod_bindings as bindings;

use crate::error::Result;
use crate::error::code::ENOMEM;

/// Bytes that a controller reads and writes where they are, also by DMA: memory of the kernel's `kmalloc()` that
/// nothing else lies in.
///
/// It is made once, as a rule by `probe`, and kept in a [`Mutex`](crate::sync::Mutex) of the device.
///
/// # Invariants
///
/// `memory` points to `len` initialised bytes that `kmod_spi_buffer` gave, and that nobody else owns.
pub struct SpiBuffer {
    memory: NonNull<u8>,
    len: usize,
}

// SAFETY: It owns its bytes.
unsafe impl Send for SpiBuffer {}
// SAFETY: A `&SpiBuffer` gives a `&[u8]`, and no more.
unsafe impl Sync for SpiBuffer {}

impl SpiBuffer {
    /// So many bytes, all zeroes. May sleep.
    ///
    /// # Errors
    ///
    /// `ENOMEM`, also for more than the kernel has in one piece: megabytes. Nothing is logged.
    pub fn new(len: usize) -> Result<Self> {
        // SAFETY: It may sleep, as this function says.
        let memory = unsafe { bindings::kmod_spi_buffer(len) };
        // INVARIANT: It gave so many zeroes.
        Ok(Self {
            memory: NonNull::new(memory.cast()).ok_or(ENOMEM)?,
            len,
        })
    }

    /// A copy of these bytes. May sleep.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub fn from_slice(bytes: &[u8]) -> Result<Self> {
        let mut buffer = Self::new(bytes.len())?;
        buffer.copy_from_slice(bytes);
        Ok(buffer)
    }
}

impl Drop for SpiBuffer {
    fn drop(&mut self) {
        // SAFETY: It is `kmalloc()`'s, and nobody uses it afterwards (invariant).
        unsafe { bindings::kfree(self.memory.as_ptr().cast()) };
    }
}

impl Deref for SpiBuffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: So many bytes are there (invariant), and `self` is borrowed.
        unsafe { slice::from_raw_parts(self.memory.as_ptr(), self.len) }
    }
}

impl DerefMut for SpiBuffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: So many bytes are there (invariant), and `self` is borrowed mutably.
        unsafe { slice::from_raw_parts_mut(self.memory.as_ptr(), self.len) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_has_as_many_bytes_as_were_asked_for() {
        let mut buffer = SpiBuffer::new(3).unwrap();
        assert_eq!(*buffer, [0, 0, 0]);
        buffer[1] = 7;
        assert_eq!(*SpiBuffer::from_slice(&buffer).unwrap(), [0, 7, 0]);
        assert!(SpiBuffer::new(0).unwrap().is_empty());
    }

    #[test]
    fn a_buffer_without_memory_is_an_error() {
        bindings::limit_allocations(0);
        assert_eq!(SpiBuffer::new(1).err(), Some(ENOMEM));
        bindings::limit_allocations(usize::MAX);
    }
}
