// SPDX-License-Identifier: GPL-2.0-only
//! Copying values whose bytes userspace shares, of a size that is known when they are compiled.

use core::ffi::{c_ulong, c_void};
use core::mem::MaybeUninit;

use kmod_bindings as bindings;

use crate::error::Result;
use crate::error::code::EFAULT;
use crate::uapi::Uapi;

/// Copies a value of the type `T` from user memory to `to`, which is then initialised.
///
/// # Errors
///
/// `EFAULT` if that memory is not all there.
///
/// # Safety
///
/// A `T` can be written to `to`. `from` is an address that the running process gave; it need not
/// be mapped, nor aligned.
#[inline]
pub(crate) unsafe fn copy_from_user<T: Uapi>(to: *mut T, from: *const c_void) -> Result {
    /// `get_user()` of a word that is as large as `T`.
    macro_rules! word {
        ($word:ty, $get:ident) => {{
            let mut word = MaybeUninit::<$word>::uninit();
            // SAFETY: The function checks the address, and writes a word in any case.
            let failed = unsafe { bindings::$get(word.as_mut_ptr(), from) } != 0;
            // SAFETY: It is written.
            let word = unsafe { word.assume_init() };
            // SAFETY: A `T` can be written to `to` (this function's contract), and is as large as
            // the word.
            unsafe { to.cast::<$word>().write_unaligned(word) };
            failed
        }};
    }
    let failed = match size_of::<T>() {
        1 => word!(u8, kmod_get_user_1),
        2 => word!(u16, kmod_get_user_2),
        4 => word!(u32, kmod_get_user_4),
        8 => word!(u64, kmod_get_user_8),
        // SAFETY: A `T` can be written to `to` (this function's contract); the function checks the
        // other address.
        size => unsafe {
            bindings::kmod_copy_from_user_known(to.cast(), from, size as c_ulong) != 0
        },
    };
    if failed { Err(EFAULT) } else { Ok(()) }
}

/// A value of the type `T` from user memory.
///
/// # Errors
///
/// `EFAULT` if that memory is not all there.
///
/// # Safety
///
/// `from` is an address that the running process gave; it need not be mapped, nor aligned.
#[inline]
pub(crate) unsafe fn read_from_user<T: Uapi>(from: *const c_void) -> Result<T> {
    let mut value = MaybeUninit::uninit();
    // SAFETY: There is room for a value; `from` is the running process's address (this function's
    // contract).
    unsafe { copy_from_user(value.as_mut_ptr(), from) }?;
    // SAFETY: The bytes are there, and any bytes are a value of a `Uapi` type.
    Ok(unsafe { value.assume_init() })
}

/// Copies `value` to user memory.
///
/// # Errors
///
/// `EFAULT` if that memory is not all there; some of it may have been written.
///
/// # Safety
///
/// `to` is an address that the running process gave; it need not be mapped, nor aligned.
#[inline]
pub(crate) unsafe fn copy_to_user<T: Uapi>(to: *mut c_void, value: &T) -> Result {
    let from: *const T = value;
    /// `put_user()` of the value as a word.
    macro_rules! word {
        ($word:ty, $put:ident) => {{
            // SAFETY: The value is as large, and all its bytes are initialised: it has no padding.
            let word = unsafe { from.cast::<$word>().read_unaligned() };
            // SAFETY: The function checks the address.
            unsafe { bindings::$put(word, to) != 0 }
        }};
    }
    let failed = match size_of::<T>() {
        1 => word!(u8, kmod_put_user_1),
        2 => word!(u16, kmod_put_user_2),
        4 => word!(u32, kmod_put_user_4),
        8 => word!(u64, kmod_put_user_8),
        // SAFETY: The value has so many bytes, all initialised; the function checks the address.
        size => unsafe { bindings::kmod_copy_to_user_known(to, from.cast(), size as c_ulong) != 0 },
    };
    if failed { Err(EFAULT) } else { Ok(()) }
}
