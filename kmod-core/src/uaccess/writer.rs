// SPDX-License-Identifier: GPL-2.0-only
//! Copying to user space.

use core::ffi::{c_ulong, c_void};
use core::fmt;
use core::marker::PhantomData;

use kmod_bindings as bindings;

use crate::error::code::{EFAULT, EINVAL};
use crate::error::{Error, Result};

/// The buffer of a `read(2)`, to be filled from its start.
///
/// Text is written with `write!(to, "…")?` and `writeln!(to, "…")?`.
///
/// # Invariants
///
/// The `len` bytes at `next` are the rest of a buffer that the running system call's process gave.
/// Whether they are mapped is unknown. The value does not leave that process (it is neither `Send`
/// nor `Sync`) and does not outlive the call.
pub struct UserWriter<'a> {
    next: *mut c_void,
    len: usize,
    written: usize,
    call: PhantomData<&'a mut ()>,
}

impl UserWriter<'_> {
    /// A writer over a whole buffer.
    ///
    /// # Safety
    ///
    /// The kernel gave `buf` and `len` to a callback, as user memory that may be written, and the
    /// writer is gone when the callback returns.
    pub(crate) unsafe fn new(buf: *mut c_void, len: usize) -> Self {
        // INVARIANT: As the caller promises.
        Self {
            next: buf,
            len,
            written: 0,
            call: PhantomData,
        }
    }

    /// How many bytes still have room.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no room left.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many bytes have been written.
    pub fn written(&self) -> usize {
        self.written
    }

    /// Copies as much of `data` as there is room for, and returns how much that was.
    ///
    /// # Errors
    ///
    /// `EFAULT` if that memory is not all there; then nothing counts as written.
    pub fn write(&mut self, data: &[u8]) -> Result<usize> {
        let n = data.len().min(self.len);
        // SAFETY: `data` has `n` bytes to read; the helper checks the other side, which is user
        // memory (invariant).
        let left =
            unsafe { bindings::kmod_copy_to_user(self.next, data.as_ptr().cast(), n as c_ulong) };
        self.advance(n, left)
    }

    /// Copies what `data` holds from position `pos` on, as much as there is room for; nothing if
    /// `pos` is at or behind the end. This makes `data` a file: see `simple_read_from_buffer()`.
    ///
    /// # Errors
    ///
    /// `EFAULT` if that memory is not all there; then nothing counts as written.
    pub fn write_from(&mut self, data: &[u8], pos: u64) -> Result<usize> {
        let rest = usize::try_from(pos)
            .ok()
            .and_then(|pos| data.get(pos..))
            .unwrap_or_default();
        self.write(rest)
    }

    /// Writes up to `n` zero bytes, and returns how many there was room for.
    ///
    /// # Errors
    ///
    /// `EFAULT` if that memory is not all there; then nothing counts as written.
    pub fn write_zeros(&mut self, n: usize) -> Result<usize> {
        let n = n.min(self.len);
        // SAFETY: The helper checks the memory, which is user memory (invariant).
        let left = unsafe { bindings::kmod_clear_user(self.next, n as c_ulong) };
        self.advance(n, left)
    }

    /// Writes text, as much as there is room for; `write!` and `writeln!` call this.
    ///
    /// # Errors
    ///
    /// `EFAULT` if that memory is not all there, and `EINVAL` if a `Display` of the arguments
    /// fails; then nothing counts as written.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result {
        self.write_fmt_from(text, 0)
    }

    /// Writes what the text holds from position `pos` on, as much as there is room for. This makes
    /// a text a file.
    ///
    /// # Errors
    ///
    /// As [`write_fmt`](Self::write_fmt).
    pub fn write_fmt_from(&mut self, text: fmt::Arguments<'_>, pos: u64) -> Result {
        let before = (self.next, self.len, self.written);
        let mut text_writer = TextWriter {
            to: self,
            skip: pos,
            error: EINVAL,
        };
        if fmt::write(&mut text_writer, text).is_err() {
            let error = text_writer.error;
            // INVARIANT: This is where the cursor stood.
            (self.next, self.len, self.written) = before;
            return Err(error);
        }
        Ok(())
    }

    /// Moves the cursor over `n` bytes, unless `left` of them could not be copied.
    fn advance(&mut self, n: usize, left: c_ulong) -> Result<usize> {
        if left != 0 {
            return Err(EFAULT);
        }
        // INVARIANT: `n` is at most `len`.
        self.next = self.next.wrapping_byte_add(n);
        self.len -= n;
        self.written += n;
        Ok(n)
    }
}

/// Takes the pieces of a formatted text, and keeps the errno that `fmt::Error` cannot hold.
struct TextWriter<'w, 'a> {
    to: &'w mut UserWriter<'a>,
    /// How many bytes of the text come before what is wanted.
    skip: u64,
    error: Error,
}

impl fmt::Write for TextWriter<'_, '_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        let skip = self.skip;
        self.skip = skip.saturating_sub(piece.len() as u64);
        match self.to.write_from(piece.as_bytes(), skip) {
            Ok(_) => Ok(()),
            Err(error) => {
                self.error = error;
                Err(fmt::Error)
            }
        }
    }
}
