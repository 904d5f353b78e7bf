// SPDX-License-Identifier: GPL-2.0-only
//! Copying to user space.

use core::ffi::{c_ulong, c_void};
use core::fmt;
use core::marker::PhantomData;

use kmod_bindings::{self as bindings, iov_iter};

use super::{copy_to_user, count};
use crate::error::code::{EFAULT, EINVAL};
use crate::error::{Error, Result};
use crate::uapi::Uapi;

/// The memory of a `read(2)` and its kind, to be filled from its start: one buffer for a `read`
/// handler, any number of them, or a pipe's, for a `read_iter` handler.
///
/// Text is written with `write!(to, "…")?` and `writeln!(to, "…")?`.
///
/// # Invariants
///
/// `next` has room for `len` more bytes, which the running system call's process, or the kernel,
/// gave. Whether user memory is mapped is unknown. The value does not leave that process (it is
/// neither `Send` nor `Sync`) and does not outlive the call.
pub struct UserWriter<'a> {
    next: Next,
    len: usize,
    written: usize,
    call: PhantomData<&'a mut ()>,
}

/// Where the next byte goes.
#[derive(Clone, Copy)]
enum Next {
    /// To user memory.
    Buffer(*mut c_void),
    /// To where the iterator, which moves by itself, stands.
    Iter(*mut iov_iter),
}

impl UserWriter<'_> {
    /// A writer over a whole buffer.
    ///
    /// # Safety
    ///
    /// The kernel gave `buf` and `len` to a callback, as user memory that may be written, and the
    /// writer is gone when the callback returns.
    pub(crate) unsafe fn new(buf: *mut c_void, len: usize) -> Self {
        // INVARIANT: The buffer is user memory of a running callback, which the value does not outlive
        // (`new`'s contract).
        Self {
            next: Next::Buffer(buf),
            len,
            written: 0,
            call: PhantomData,
        }
    }

    /// A writer over all that an iterator has room for.
    ///
    /// # Safety
    ///
    /// The kernel gave `iter` to a callback, as a destination, and the writer is gone when the
    /// callback returns. Nobody else uses the iterator meanwhile.
    pub(crate) unsafe fn over_iter(iter: *mut iov_iter) -> Self {
        // INVARIANT: The iterator is that of a running callback, and nobody else's meanwhile (`over_iter`'s
        // contract).
        Self {
            next: Next::Iter(iter),
            // SAFETY: The iterator is valid.
            len: unsafe { count(iter) },
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
        let copied = self.copy(&data[..n]);
        self.all_of(n, copied)
    }

    /// Copies a value, as `put_user()` does.
    ///
    /// # Errors
    ///
    /// `EINVAL` if there is less room than the value takes, `EFAULT` if that memory is not all
    /// there; then nothing counts as written.
    #[inline]
    pub fn write_value<T: Uapi>(&mut self, value: &T) -> Result {
        let n = size_of::<T>();
        if n > self.len {
            return Err(EINVAL);
        }
        let copied = match self.next {
            Next::Buffer(buf) => {
                // SAFETY: The address is the process's (invariant).
                unsafe { copy_to_user(buf, value) }?;
                n
            }
            Next::Iter(iter) => {
                let from: *const T = value;
                // SAFETY: All bytes of the value are initialised: it has no padding. The iterator
                // is the call's (invariant).
                unsafe { bindings::_copy_to_iter(from.cast(), n, iter) }
            }
        };
        self.all_of(n, copied)?;
        Ok(())
    }

    /// Copies what `data` holds from position `pos` on, as much as there is room for; nothing if
    /// `pos` is at or behind the end. This makes `data` a file, as `simple_read_from_buffer()`
    /// does: of memory that is there in part, that part is written.
    ///
    /// # Errors
    ///
    /// `EFAULT` if none of that memory is there.
    pub fn write_from(&mut self, data: &[u8], pos: u64) -> Result<usize> {
        let copied = match self.next {
            Next::Buffer(buf) => {
                let Ok(mut pos) = pos.try_into() else {
                    return Ok(0);
                };
                let (from, available) = (data.as_ptr().cast(), data.len());
                // SAFETY: `data` has so many bytes to read; the function checks the other side,
                // which is user memory (invariant).
                let copied = unsafe {
                    bindings::simple_read_from_buffer(buf, self.len, &mut pos, from, available)
                };
                // Its only error is EFAULT, as the position is not negative.
                usize::try_from(copied).map_err(|_| EFAULT)?
            }
            Next::Iter(_) => {
                let rest = rest(data, pos);
                let n = rest.len().min(self.len);
                match self.copy(&rest[..n]) {
                    0 if n > 0 => return Err(EFAULT),
                    copied => copied,
                }
            }
        };
        self.all_of(copied, copied)
    }

    /// Writes up to `n` zero bytes, and returns how many there was room for.
    ///
    /// # Errors
    ///
    /// `EFAULT` if that memory is not all there; then nothing counts as written.
    pub fn write_zeros(&mut self, n: usize) -> Result<usize> {
        let n = n.min(self.len);
        let cleared = match self.next {
            Next::Buffer(buf) => {
                // SAFETY: The helper checks the memory, which is user memory (invariant).
                let left = unsafe { bindings::kmod_clear_user(buf, n as c_ulong) };
                // What is left is at most `n`.
                n.wrapping_sub(left as usize)
            }
            // SAFETY: The iterator is the call's (invariant).
            Next::Iter(iter) => unsafe { bindings::iov_iter_zero(n, iter) },
        };
        self.all_of(n, cleared)
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
        let before = self.written;
        let mut text_writer = TextWriter {
            to: self,
            skip: pos,
            error: EINVAL,
        };
        if fmt::write(&mut text_writer, text).is_err() {
            let error = text_writer.error;
            let since = self.written.wrapping_sub(before);
            self.len = self.len.wrapping_add(since);
            self.written = before;
            // INVARIANT: This is where the cursor stood.
            match &mut self.next {
                Next::Buffer(buf) => *buf = buf.wrapping_byte_sub(since),
                // SAFETY: The iterator is the call's, and went so far at least.
                Next::Iter(iter) => unsafe { bindings::iov_iter_revert(*iter, since) },
            }
            return Err(error);
        }
        Ok(())
    }

    /// Copies `data`, for all of which there is room, and returns how much of it could be. Only an
    /// iterator moves.
    fn copy(&self, data: &[u8]) -> usize {
        // SAFETY: `data` has so many bytes to read.
        unsafe { self.copy_from(data.as_ptr().cast(), data.len()) }
    }

    /// As [`copy`](Self::copy), from memory that others may write meanwhile.
    ///
    /// # Safety
    ///
    /// `n` bytes can be read at `from`, as C's copying functions read.
    pub(super) unsafe fn copy_from(&self, from: *const c_void, n: usize) -> usize {
        match self.next {
            Next::Buffer(buf) => {
                // SAFETY: There are `n` bytes (this function's contract); the helper checks the
                // other side, which is user memory (invariant).
                let left = unsafe { bindings::kmod_copy_to_user(buf, from, n as c_ulong) };
                // What is left is at most `n`.
                n.wrapping_sub(left as usize)
            }
            // SAFETY: `n` bytes can be read at `from` (this function's contract); the iterator is
            // the call's (invariant).
            Next::Iter(iter) => unsafe { bindings::kmod_copy_to_iter(from, n, iter) },
        }
    }

    /// Moves the cursor over `n` bytes, unless only some of them, `copied`, could be copied.
    pub(super) fn all_of(&mut self, n: usize, copied: usize) -> Result<usize> {
        match &mut self.next {
            Next::Buffer(buf) if copied == n => *buf = buf.wrapping_byte_add(n),
            Next::Iter(_) if copied == n => {}
            Next::Buffer(_) => return Err(EFAULT),
            Next::Iter(iter) => {
                // SAFETY: The iterator is the call's (invariant), and has just gone so far.
                unsafe { bindings::iov_iter_revert(*iter, copied) };
                return Err(EFAULT);
            }
        }
        // INVARIANT: `n` is at most `len`, and both together never were more than there are
        // addresses: nothing wraps, and no kernel need check that.
        self.len = self.len.wrapping_sub(n);
        self.written = self.written.wrapping_add(n);
        Ok(n)
    }
}

/// What `data` holds from position `pos` on.
fn rest(data: &[u8], pos: u64) -> &[u8] {
    let pos = usize::try_from(pos).ok();
    pos.and_then(|pos| data.get(pos..)).unwrap_or_default()
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
        match self.to.write(rest(piece.as_bytes(), skip)) {
            Ok(_) => Ok(()),
            Err(error) => {
                self.error = error;
                Err(fmt::Error)
            }
        }
    }
}
