// SPDX-License-Identifier: GPL-2.0-only
//! One call of `ioctl(2)`, and the ways in which its argument is used.

use core::ffi::{c_int, c_long, c_uint, c_ulong};
use core::marker::PhantomData;
use core::ptr;

use super::Payload;
use crate::error::Result;
use crate::error::code::EOVERFLOW;

/// A command and its argument.
///
/// # Invariants
///
/// The argument is what the running process gave to its system call: if the command takes it as an
/// address, it is one of that process's. The value does not leave that process (it is neither
/// `Send` nor `Sync`), and is used up by one of its methods.
pub struct Call {
    cmd: c_uint,
    arg: c_ulong,
    process: PhantomData<*mut ()>,
}

impl Call {
    /// The call of the running process.
    ///
    /// # Safety
    ///
    /// The kernel gave the arguments to an `unlocked_ioctl` in this call.
    pub(crate) unsafe fn new(cmd: c_uint, arg: c_ulong) -> Self {
        // INVARIANT: The arguments are those of the call that runs in this process (`new`'s contract).
        Self {
            cmd,
            arg,
            process: PhantomData,
        }
    }

    /// The command's number.
    #[inline]
    pub fn cmd(&self) -> u32 {
        self.cmd
    }

    /// `_IO()` without an argument: whatever it is, it is not looked at.
    #[inline]
    pub fn io<R: Return>(self, handler: impl FnOnce() -> Result<R>) -> Result<c_long> {
        handler()?.to_return()
    }

    /// `_IO()` with a number.
    #[inline]
    pub fn io_value<R: Return>(self, handler: impl FnOnce(usize) -> Result<R>) -> Result<c_long> {
        handler(self.arg as usize)?.to_return()
    }

    /// `_IOR()`
    #[inline]
    pub fn ior<P: Payload>(self, handler: impl FnOnce() -> Result<P>) -> Result<c_long> {
        let reply = handler()?;
        // SAFETY: The argument is an address of the running process's (invariant).
        unsafe { reply.to_user(ptr::without_provenance_mut(self.arg as usize)) }?;
        Ok(0)
    }

    /// `_IOW()`
    #[inline]
    pub fn iow<P: Payload, R: Return>(
        self,
        handler: impl FnOnce(P) -> Result<R>,
    ) -> Result<c_long> {
        // SAFETY: The argument is an address of the running process's (invariant).
        let payload = unsafe { P::from_user(ptr::without_provenance(self.arg as usize)) }?;
        handler(payload)?.to_return()
    }

    /// `_IOWR()`
    #[inline]
    pub fn iowr<P: Payload>(self, handler: impl FnOnce(P) -> Result<P>) -> Result<c_long> {
        // SAFETY: The argument is an address of the running process's (invariant).
        let payload = unsafe { P::from_user(ptr::without_provenance(self.arg as usize)) }?;
        let reply = handler(payload)?;
        // SAFETY: The argument is an address of the running process's (invariant).
        unsafe { reply.to_user(ptr::without_provenance_mut(self.arg as usize)) }?;
        Ok(0)
    }
}

/// What a successful `ioctl(2)` returns.
pub trait Return {
    fn to_return(self) -> Result<c_long>;
}

impl Return for () {
    #[inline]
    fn to_return(self) -> Result<c_long> {
        Ok(0)
    }
}

impl Return for u32 {
    #[inline]
    fn to_return(self) -> Result<c_long> {
        // C's `ioctl()` returns an int, and a negative one is no success.
        match c_int::try_from(self) {
            Ok(value) => Ok(value.into()),
            Err(_) => Err(EOVERFLOW),
        }
    }
}
