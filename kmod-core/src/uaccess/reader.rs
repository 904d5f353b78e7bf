// SPDX-License-Identifier: GPL-2.0-only
//! Copying from user space.

use core::ffi::{c_ulong, c_void};
use core::marker::PhantomData;
use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, iov_iter};

use super::{TEXT_MAX, UserNumber, count, read_from_user};
use crate::alloc::{Flags, KVec};
use crate::error::code::{EFAULT, EINVAL};
use crate::error::{Result, to_result};
use crate::uapi::Uapi;

/// The memory of a `write(2)` and its kind, to be taken from its start: one buffer for a `write`
/// handler, any number of them, or a pipe's, for a `write_iter` handler.
///
/// What a handler did not take counts as not written: if it takes nothing, `write(2)` returns 0.
///
/// # Invariants
///
/// `next` has `len` more bytes, which the running system call's process, or the kernel, gave.
/// Whether user memory is mapped is unknown, and so is who changes it meanwhile. The value does
/// not leave that process (it is neither `Send` nor `Sync`) and does not outlive the call.
pub struct UserReader<'a> {
    next: Next,
    len: usize,
    taken: usize,
    call: PhantomData<&'a mut ()>,
}

/// Where the next byte is.
#[derive(Clone, Copy)]
enum Next {
    /// In user memory.
    Buffer(*const c_void),
    /// Where the iterator, which moves by itself, stands.
    Iter(*mut iov_iter),
}

impl UserReader<'_> {
    /// A reader over a whole buffer.
    ///
    /// # Safety
    ///
    /// The kernel gave `buf` and `len` to a callback, as user memory that may be read, and the
    /// reader is gone when the callback returns.
    pub(crate) unsafe fn new(buf: *const c_void, len: usize) -> Self {
        // INVARIANT: The buffer is user memory of a running callback, which the value does not outlive
        // (`new`'s contract).
        Self {
            next: Next::Buffer(buf),
            len,
            taken: 0,
            call: PhantomData,
        }
    }

    /// A reader over all that an iterator has.
    ///
    /// # Safety
    ///
    /// The kernel gave `iter` to a callback, as a source, and the reader is gone when the callback
    /// returns. Nobody else uses the iterator meanwhile.
    pub(crate) unsafe fn over_iter(iter: *mut iov_iter) -> Self {
        // INVARIANT: The iterator is that of a running callback, and nobody else's meanwhile (`over_iter`'s
        // contract).
        Self {
            next: Next::Iter(iter),
            // SAFETY: The iterator is valid.
            len: unsafe { count(iter) },
            taken: 0,
            call: PhantomData,
        }
    }

    /// How many bytes are left to take.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether all has been taken.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many bytes have been taken.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Copies the next bytes into `data`, as many as it has room for and there are left, and
    /// returns how many that were.
    ///
    /// # Errors
    ///
    /// `EFAULT` if that memory is not all there; then nothing counts as taken, and what is in
    /// `data` is unspecified.
    pub fn read(&mut self, data: &mut [u8]) -> Result<usize> {
        let n = data.len().min(self.len);
        let copied = self.copy(&mut data[..n]);
        if copied < n {
            self.revert(copied);
            return Err(EFAULT);
        }
        self.advance(n);
        Ok(n)
    }

    /// Takes the next bytes as a value, as `get_user()` does.
    ///
    /// # Errors
    ///
    /// `EINVAL` if fewer are left than the value has, `EFAULT` if that memory is not all there;
    /// then nothing is taken.
    #[inline]
    pub fn read_value<T: Uapi>(&mut self) -> Result<T> {
        let n = size_of::<T>();
        if n > self.len {
            return Err(EINVAL);
        }
        let value = match self.next {
            // SAFETY: The address is the process's (invariant).
            Next::Buffer(buf) => unsafe { read_from_user(buf) }?,
            Next::Iter(iter) => {
                let mut value = MaybeUninit::<T>::uninit();
                let to = value.as_mut_ptr().cast();
                // SAFETY: There is room for the value; the iterator is the call's (invariant).
                let copied = unsafe { bindings::_copy_from_iter(to, n, iter) };
                if copied < n {
                    self.revert(copied);
                    return Err(EFAULT);
                }
                // SAFETY: The bytes are there, and any bytes are a value of a `Uapi` type.
                unsafe { value.assume_init() }
            }
        };
        self.advance(n);
        Ok(value)
    }

    /// Copies the next bytes into `data` at position `pos`, as many as there is room for; none if
    /// `pos` is at or behind the end. This makes `data` a file, as `simple_write_to_buffer()` does:
    /// of memory that is there in part, that part is taken.
    ///
    /// # Errors
    ///
    /// `EFAULT` if none of that memory is there; then what is in `data` from `pos` on is
    /// unspecified.
    pub fn read_into(&mut self, data: &mut [u8], pos: u64) -> Result<usize> {
        let copied = match self.next {
            Next::Buffer(buf) => {
                let Ok(mut pos) = pos.try_into() else {
                    return Ok(0);
                };
                let (to, available) = (data.as_mut_ptr().cast(), data.len());
                // SAFETY: `data` has room for so many bytes; the function checks the other side,
                // which is user memory (invariant).
                let copied = unsafe {
                    bindings::simple_write_to_buffer(to, available, &mut pos, buf, self.len)
                };
                // Its only error is EFAULT, as the position is not negative.
                usize::try_from(copied).map_err(|_| EFAULT)?
            }
            Next::Iter(_) => {
                let pos = usize::try_from(pos).ok();
                let rest = pos.and_then(|pos| data.get_mut(pos..)).unwrap_or_default();
                let n = rest.len().min(self.len);
                match self.copy(&mut rest[..n]) {
                    0 if n > 0 => return Err(EFAULT),
                    copied => copied,
                }
            }
        };
        self.advance(copied);
        Ok(copied)
    }

    /// Copies all that is left, if it is at most `max` bytes.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is more, `ENOMEM` if there is no memory, `EFAULT` if that memory is not all
    /// there; then nothing counts as taken.
    pub fn read_all(&mut self, max: usize, flags: Flags) -> Result<KVec<u8>> {
        if self.len > max {
            return Err(EINVAL);
        }
        let mut data = KVec::from_elem(0, self.len, flags)?;
        self.read(&mut data)?;
        Ok(data)
    }

    /// Takes the next `n` bytes without looking at them.
    ///
    /// # Errors
    ///
    /// `EINVAL` if fewer are left; then nothing is taken.
    pub fn skip(&mut self, n: usize) -> Result {
        if n > self.len {
            return Err(EINVAL);
        }
        if let Next::Iter(iter) = self.next {
            // SAFETY: The iterator is the call's (invariant), and has so many bytes.
            unsafe { bindings::iov_iter_advance(iter, n) };
        }
        self.advance(n);
        Ok(())
    }

    /// Takes all that is left as one number or bool, written as the kernel reads them everywhere:
    /// decimal, `0x…` or `0…`, and a newline may follow.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is none, `ERANGE` if it does not fit, `EFAULT` if that memory is not all
    /// there; then nothing is taken.
    pub fn parse<T: UserNumber>(&mut self) -> Result<T> {
        let mut value = T::default();
        to_result(match self.next {
            // SAFETY: The function checks the memory, which is user memory (invariant).
            Next::Buffer(buf) => unsafe { T::from_user(buf.cast(), self.len, &mut value) },
            Next::Iter(_) => {
                let mut text = [0; TEXT_MAX + 1];
                let n = self.len.min(T::TEXT_MAX);
                let copied = self.copy(&mut text[..n]);
                self.revert(copied);
                if copied < n {
                    return Err(EFAULT);
                }
                let text = text.as_ptr().cast();
                // SAFETY: The array ends with a NUL at least.
                unsafe { T::from_text(text, &mut value) }
            }
        })?;
        self.skip(self.len)?;
        Ok(value)
    }

    /// Copies bytes, of which so many are left, and returns how many could be. Only an iterator
    /// moves.
    fn copy(&self, data: &mut [u8]) -> usize {
        // SAFETY: `data` has room for so many bytes, and nobody else uses it.
        unsafe { self.copy_to(data.as_mut_ptr().cast(), data.len()) }
    }

    /// As [`copy`](Self::copy), to memory that others may use meanwhile.
    ///
    /// # Safety
    ///
    /// `n` bytes can be written at `to`, as C's copying functions write.
    pub(super) unsafe fn copy_to(&self, to: *mut c_void, n: usize) -> usize {
        match self.next {
            Next::Buffer(buf) => {
                // SAFETY: There is room for `n` bytes (this function's contract); the helper checks
                // the other side, which is user memory (invariant).
                let left = unsafe { bindings::kmod_copy_from_user(to, buf, n as c_ulong) };
                // What is left is at most `n`.
                n.wrapping_sub(left as usize)
            }
            // SAFETY: There is room for `n` bytes (this function's contract); the iterator is the
            // call's (invariant).
            Next::Iter(iter) => unsafe { bindings::kmod_copy_from_iter(to, n, iter) },
        }
    }

    /// Takes a copy of `n` bytes back.
    pub(super) fn revert(&mut self, n: usize) {
        if let Next::Iter(iter) = self.next {
            // SAFETY: The iterator is the call's (invariant), and has just gone so far.
            unsafe { bindings::iov_iter_revert(iter, n) };
        }
    }

    /// Counts `n` bytes, of which at least so many are left, as taken. An iterator has moved.
    pub(super) fn advance(&mut self, n: usize) {
        // INVARIANT: `n` is at most `len`, and both together never were more than there are
        // addresses: nothing wraps, and no kernel need check that.
        if let Next::Buffer(buf) = &mut self.next {
            *buf = buf.wrapping_byte_add(n);
        }
        self.len = self.len.wrapping_sub(n);
        self.taken = self.taken.wrapping_add(n);
    }
}
