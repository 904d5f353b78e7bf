// SPDX-License-Identifier: GPL-2.0-only
//! C strings on the heap.

use core::ffi::CStr;
use core::fmt;
use core::ops::Deref;

use crate::alloc::{Flags, KString, KVec};
use crate::error::Result;
use crate::error::code::EINVAL;

/// A C string that is made at run time, for a function that takes a [`CStr`].
///
/// # Invariants
/// The bytes end with a NUL, and have no other.
pub struct CString {
    bytes: KVec<u8>,
}

impl CString {
    /// A copy of `text` with a NUL behind it.
    ///
    /// # Errors
    /// EINVAL when there is a NUL in it, ENOMEM when there is no memory.
    pub fn new(text: &[u8], flags: Flags) -> Result<Self> {
        let mut bytes = KVec::with_capacity(text.len().saturating_add(1), flags)?;
        bytes.extend_from_slice(text, flags)?;
        Self::from_vec(bytes, flags)
    }

    /// What `args` show: `CString::from_fmt(format_args!("dev{minor}"), GFP_KERNEL)`.
    ///
    /// # Errors
    /// As [`new`](CString::new); also EINVAL when a `Display` fails of its own.
    pub fn from_fmt(args: fmt::Arguments<'_>, flags: Flags) -> Result<Self> {
        Self::from_vec(KString::from_fmt(args, flags)?.into_bytes(), flags)
    }

    /// The bytes, with a NUL behind them.
    ///
    /// # Errors
    /// As [`new`](CString::new).
    pub(crate) fn from_vec(mut bytes: KVec<u8>, flags: Flags) -> Result<Self> {
        if bytes.contains(&0) {
            return Err(EINVAL);
        }
        bytes.push(0, flags)?;
        Ok(Self { bytes })
    }
}

impl Deref for CString {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        // SAFETY: By the invariant.
        unsafe { CStr::from_bytes_with_nul_unchecked(&self.bytes) }
    }
}

impl fmt::Debug for CString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alloc::GFP_KERNEL;
    use crate::error::code::ENOMEM;

    #[test]
    fn it_ends_with_its_only_nul() {
        assert_eq!(&*CString::new(b"text", GFP_KERNEL).unwrap(), c"text");
        assert_eq!(&*CString::new(b"", GFP_KERNEL).unwrap(), c"");
        assert_eq!(CString::new(b"a\0b", GFP_KERNEL).unwrap_err(), EINVAL);
        let name = CString::from_fmt(format_args!("dev{}", 3), GFP_KERNEL).unwrap();
        assert_eq!(&*name, c"dev3");
        kmod_bindings::limit_allocations(0);
        assert_eq!(CString::new(b"", GFP_KERNEL).unwrap_err(), ENOMEM);
    }
}
