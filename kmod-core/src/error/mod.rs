// SPDX-License-Identifier: GPL-2.0-only
//! Errors are errno numbers: what a C function returns as `-EINVAL` is `Err(EINVAL)` here.

pub mod code;
#[cfg(test)]
mod tests;

use core::ffi::c_int;
use core::fmt;
use core::num::NonZeroI32;
use core::ptr::NonNull;

/// The greatest errno number, as the kernel's `IS_ERR` takes it.
const MAX_ERRNO: c_int = 4095;

/// An errno. The constants are in [`code`] and in the prelude.
///
/// `Debug` is the name (`EINVAL`); `Display` is what the kernel's `%pe` gives (`-EINVAL`).
///
/// # Invariants
/// The number is in `-4095..=-1`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Error(NonZeroI32);

/// A [`core::result::Result`] with an errno.
pub type Result<T = (), E = Error> = core::result::Result<T, E>;

impl Error {
    /// The error of a negative return value. What is not in `-4095..=-1` is no errno, and becomes
    /// `EINVAL`.
    pub const fn from_errno(errno: c_int) -> Self {
        match Error::checked(errno) {
            Some(error) => error,
            None => code::EINVAL,
        }
    }

    /// The error of a negative errno number, if it is one.
    const fn checked(errno: c_int) -> Option<Self> {
        if errno < -MAX_ERRNO || errno >= 0 {
            return None;
        }
        match NonZeroI32::new(errno) {
            Some(errno) => Some(Error(errno)),
            None => None,
        }
    }

    /// The negative number that the kernel's functions return.
    pub const fn to_errno(self) -> c_int {
        self.0.get()
    }

    /// The kernel's name for it, without the minus.
    pub const fn name(self) -> Option<&'static str> {
        code::name(-self.to_errno())
    }
}

/// A C function's return value: negative is an errno, anything else is a result.
///
/// # Errors
/// The errno that `ret` is.
pub const fn to_result(ret: c_int) -> Result<c_int> {
    if ret < 0 {
        Err(Error::from_errno(ret))
    } else {
        Ok(ret)
    }
}

/// A C function's pointer: the kernel's `IS_ERR()` and `PTR_ERR()`.
///
/// # Errors
/// The errno that the pointer is, and `ENOMEM` for NULL.
pub(crate) fn from_err_ptr<T>(pointer: *mut T) -> Result<NonNull<T>> {
    let number = pointer.addr().cast_signed();
    if (-(MAX_ERRNO as isize)..0).contains(&number) {
        return Err(Error::from_errno(number as c_int));
    }
    NonNull::new(pointer).ok_or(code::ENOMEM)
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => write!(f, "Error({})", -self.to_errno()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "-{name}"),
            None => write!(f, "{}", self.to_errno()),
        }
    }
}

impl core::error::Error for Error {}

macro_rules! from {
    ($($source:ty => $errno:ident,)*) => {$(
        impl From<$source> for Error {
            fn from(_: $source) -> Error {
                code::$errno
            }
        }
    )*};
}

from! {
    crate::alloc::AllocError => ENOMEM,
    core::num::TryFromIntError => EINVAL,
    core::num::ParseIntError => EINVAL,
    core::str::Utf8Error => EINVAL,
    core::ffi::FromBytesWithNulError => EINVAL,
    core::ffi::FromBytesUntilNulError => EINVAL,
    core::array::TryFromSliceError => EINVAL,
    fmt::Error => EINVAL,
}
