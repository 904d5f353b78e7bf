// SPDX-License-Identifier: GPL-2.0-only
//! Copying from user space.

use core::ffi::{c_ulong, c_void};
use core::marker::PhantomData;

use kmod_bindings as bindings;

use super::UserNumber;
use crate::alloc::{Flags, KVec};
use crate::error::code::{EFAULT, EINVAL};
use crate::error::{Result, to_result};

/// The buffer of a `write(2)`, to be taken from its start.
///
/// What a handler did not take counts as not written: if it takes nothing, `write(2)` returns 0.
///
/// # Invariants
///
/// The `len` bytes at `next` are the rest of a buffer that the running system call's process gave.
/// Whether they are mapped is unknown, and so is who changes them meanwhile. The value does not
/// leave that process (it is neither `Send` nor `Sync`) and does not outlive the call.
pub struct UserReader<'a> {
    next: *const c_void,
    len: usize,
    taken: usize,
    call: PhantomData<&'a mut ()>,
}

impl UserReader<'_> {
    /// A reader over a whole buffer.
    ///
    /// # Safety
    ///
    /// The kernel gave `buf` and `len` to a callback, as user memory that may be read, and the
    /// reader is gone when the callback returns.
    pub(crate) unsafe fn new(buf: *const c_void, len: usize) -> Self {
        // INVARIANT: As the caller promises.
        Self {
            next: buf,
            len,
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
        // SAFETY: `data` has room for `n` bytes; the helper checks the other side, which is user
        // memory (invariant).
        let left = unsafe {
            bindings::kmod_copy_from_user(data.as_mut_ptr().cast(), self.next, n as c_ulong)
        };
        if left != 0 {
            return Err(EFAULT);
        }
        self.advance(n);
        Ok(n)
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
        // SAFETY: The function checks the memory, which is user memory (invariant).
        to_result(unsafe { T::from_user(self.next.cast(), self.len, &mut value) })?;
        self.advance(self.len);
        Ok(value)
    }

    /// Moves the cursor over `n` bytes, of which at least so many are left.
    fn advance(&mut self, n: usize) {
        // INVARIANT: `n` is at most `len`.
        self.next = self.next.wrapping_byte_add(n);
        self.len -= n;
        self.taken += n;
    }
}
