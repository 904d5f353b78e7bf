// SPDX-License-Identifier: GPL-2.0-only
//! Numbers from text: the kernel's `kstrto*()`.

use core::ffi::{CStr, c_char};
use core::marker::PhantomData;
use core::mem::MaybeUninit;

use crate::error::code::EINVAL;
use crate::error::{Result, to_result};
use crate::uaccess::{TEXT_MAX, UserNumber};

/// A whole text as a number or `bool`, written as the kernel reads them everywhere: decimal, `0x…`
/// or `0…`, and a newline may follow; for `bool` what `kstrtobool()` takes, which looks only at the
/// first one or two characters.
///
/// ```
/// use kmod_core::prelude::*;
/// use kmod_core::str::parse;
///
/// assert_eq!(parse::<u8>("255\n")?, 255);
/// assert_eq!(parse::<u8>("256"), Err(ERANGE));
/// assert_eq!(parse::<u8>(" 1"), Err(EINVAL));
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
///
/// `EINVAL` if it is none, `ERANGE` if it does not fit. A number that is longer than its digits in
/// base 2, which can only be by zeros at its start, is `EINVAL`, too.
pub fn parse<T: UserNumber>(text: impl AsRef<[u8]>) -> Result<T> {
    parse_bytes(text.as_ref())
}

fn parse_bytes<T: UserNumber>(text: &[u8]) -> Result<T> {
    let looked_at = text.get(..T::TEXT_MAX).unwrap_or(text);
    if looked_at.contains(&0) {
        return Err(EINVAL);
    }
    // The rest of it is not looked at, and need not be cleared.
    let mut copy = [MaybeUninit::<u8>::uninit(); TEXT_MAX + 1];
    let (begin, rest) = copy.split_at_mut_checked(looked_at.len()).ok_or(EINVAL)?;
    begin.write_copy_of_slice(looked_at);
    rest.first_mut().ok_or(EINVAL)?.write(0);
    let mut value = T::default();
    // SAFETY: There is a NUL behind the text.
    to_result(unsafe { T::from_text(copy.as_ptr().cast(), &mut value) })?;
    if T::TO_THE_END && text.len() > T::TEXT_MAX {
        return Err(EINVAL);
    }
    Ok(value)
}

/// A text of the kernel's, whose length nobody has counted yet.
///
/// # Invariants
///
/// It is a C string for as long as `'a`.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Terminated<'a>(*const c_char, PhantomData<&'a CStr>);

impl<'a> Terminated<'a> {
    /// The text at an address.
    ///
    /// # Safety
    ///
    /// It is a C string for as long as `'a`.
    pub(crate) unsafe fn new(text: *const c_char) -> Self {
        // INVARIANT: It is a C string (this function's contract).
        Self(text, PhantomData)
    }

    /// Its bytes, without the NUL.
    pub(crate) fn to_bytes(self) -> &'a [u8] {
        // SAFETY: It is a C string (invariant).
        unsafe { CStr::from_ptr(self.0) }.to_bytes()
    }

    /// The same as [`parse`], without a copy: zeros at the start of a number may be as many as one likes.
    pub(crate) fn parse<T: UserNumber>(self) -> Result<T> {
        let mut value = T::default();
        // SAFETY: It is a C string (invariant).
        to_result(unsafe { T::from_text(self.0, &mut value) })?;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::code::ERANGE;

    #[test]
    fn a_number_is_the_whole_text() {
        assert_eq!(parse::<u32>("17\n"), Ok(17));
        assert_eq!(parse::<u32>(b"17"), Ok(17));
        for none in ["", "\n", "17 ", "17\0", "17\08", "1\n2"] {
            assert_eq!(parse::<u32>(none), Err(EINVAL), "{none:?}");
        }
        assert_eq!(parse::<u8>("300"), Err(ERANGE));
    }

    #[test]
    fn what_is_cut_off_does_not_count_as_read() {
        let long = [b'0'; 200];
        assert_eq!(parse::<u64>(long), Err(EINVAL));
        assert_eq!(parse::<u8>(long), Err(EINVAL));
        assert_eq!(parse::<bool>("yes, indeed"), Ok(true));
    }
}
