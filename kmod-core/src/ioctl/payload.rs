// SPDX-License-Identifier: GPL-2.0-only
//! What a command carries, by value or in a box.

use core::ffi::{c_long, c_void};
use core::mem::MaybeUninit;

use super::call::{Call, Return};
use crate::alloc::{GFP_KERNEL, KBox};
use crate::error::Result;
use crate::uaccess::{copy_from_user, copy_to_user, read_from_user};
use crate::uapi::{Type, Uapi};

/// What a command can carry: a type that is [`Uapi`], or a [`KBox`] of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an ioctl's payload",
    label = "not of the same bytes for both sides",
    note = "the integers from 8 to 64 bits can, arrays of what can, structs under `#[uapi]`, \
            and each of these in a `KBox`"
)]
pub trait Payload: Sized {
    /// What the command's number, and userspace, are told of it.
    #[doc(hidden)]
    const CARRIED: Carried;

    /// Copies it from user memory.
    ///
    /// # Safety
    ///
    /// `from` is an address that the running process gave.
    #[doc(hidden)]
    unsafe fn from_user(from: *const c_void) -> Result<Self>;

    /// Copies it to user memory.
    ///
    /// # Safety
    ///
    /// `to` is an address that the running process gave.
    #[doc(hidden)]
    unsafe fn to_user(&self, to: *mut c_void) -> Result;

    /// `_IOR()`
    #[doc(hidden)]
    #[inline]
    fn ior(call: Call, handler: impl FnOnce() -> Result<Self>) -> Result<c_long> {
        call.ior(handler)
    }

    /// `_IOW()`
    #[doc(hidden)]
    #[inline]
    fn iow<R: Return>(call: Call, handler: impl FnOnce(Self) -> Result<R>) -> Result<c_long> {
        call.iow(handler)
    }

    /// `_IOWR()`
    #[doc(hidden)]
    #[inline]
    fn iowr(call: Call, handler: impl FnOnce(Self) -> Result<Self>) -> Result<c_long> {
        call.iowr(handler)
    }
}

/// What a command's number has of its payload.
pub struct Carried {
    /// How many bytes are copied.
    pub(super) size: usize,
    /// Whether the value stands on the heap.
    pub(super) boxed: bool,
    /// How userspace is told of it.
    pub(super) of: Type,
}

impl<T: Uapi> Payload for T {
    const CARRIED: Carried = Carried {
        size: size_of::<T>(),
        boxed: false,
        of: T::TYPE,
    };

    #[inline]
    unsafe fn from_user(from: *const c_void) -> Result<Self> {
        // SAFETY: `from` is an address that the running process gave (`from_user`'s contract).
        unsafe { read_from_user(from) }
    }

    #[inline]
    unsafe fn to_user(&self, to: *mut c_void) -> Result {
        // SAFETY: `to` is an address that the running process gave (`to_user`'s contract).
        unsafe { copy_to_user(to, self) }
    }
}

impl<T: Uapi> Payload for KBox<T> {
    const CARRIED: Carried = Carried {
        size: size_of::<T>(),
        boxed: true,
        of: T::TYPE,
    };

    unsafe fn from_user(from: *const c_void) -> Result<Self> {
        let mut place = KBox::new(MaybeUninit::<T>::uninit(), GFP_KERNEL)?;
        // SAFETY: There is room for a value; `from` is the running process's address (`from_user`'s
        // contract).
        unsafe { copy_from_user(place.as_mut_ptr(), from) }?;
        let place = KBox::into_raw(place).cast::<T>();
        // SAFETY: The memory is that of a box of the same layout, given up above. Its bytes are
        // there, and any bytes are a value of a `Uapi` type.
        Ok(unsafe { KBox::from_raw(place) })
    }

    unsafe fn to_user(&self, to: *mut c_void) -> Result {
        // SAFETY: `to` is an address that the running process gave (`to_user`'s contract).
        unsafe { copy_to_user::<T>(to, self) }
    }
}
