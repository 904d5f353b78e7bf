// SPDX-License-Identifier: GPL-2.0-only
//! Where `lseek(2)` wants to go.

use core::ffi::c_int;

use kmod_bindings::{self as bindings, loff_t};

use crate::error::Result;
use crate::error::code::{EINVAL, EOVERFLOW};

/// An offset and what it counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeekFrom {
    /// `SEEK_SET`: the file's start. At most [`i64::MAX`] when it comes from `lseek(2)`.
    Start(u64),
    /// `SEEK_CUR`: where the file stands.
    Current(i64),
    /// `SEEK_END`: the file's end.
    End(i64),
}

impl SeekFrom {
    /// What the arguments of the C function mean.
    pub(super) fn from_raw(offset: loff_t, whence: c_int) -> Result<Self> {
        match whence.cast_unsigned() {
            bindings::SEEK_SET => match u64::try_from(offset) {
                Ok(offset) => Ok(Self::Start(offset)),
                Err(_) => Err(EINVAL),
            },
            bindings::SEEK_CUR => Ok(Self::Current(offset)),
            bindings::SEEK_END => Ok(Self::End(offset)),
            _ => Err(EINVAL),
        }
    }

    /// The arguments of the C function.
    pub(super) fn to_raw(self) -> Result<(loff_t, c_int)> {
        let (offset, whence) = match self {
            Self::Start(offset) => (
                loff_t::try_from(offset).map_err(|_| EOVERFLOW)?,
                bindings::SEEK_SET,
            ),
            Self::Current(offset) => (offset, bindings::SEEK_CUR),
            Self::End(offset) => (offset, bindings::SEEK_END),
        };
        Ok((offset, whence.cast_signed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whences_are_those_of_c() {
        assert_eq!(SeekFrom::from_raw(7, 0), Ok(SeekFrom::Start(7)));
        assert_eq!(SeekFrom::from_raw(-7, 1), Ok(SeekFrom::Current(-7)));
        assert_eq!(SeekFrom::from_raw(i64::MIN, 2), Ok(SeekFrom::End(i64::MIN)));
        // SEEK_DATA, SEEK_HOLE and what no kernel knows.
        for whence in [3, 4, 5, -1] {
            assert_eq!(SeekFrom::from_raw(0, whence), Err(EINVAL));
        }
    }

    #[test]
    fn no_position_is_before_the_start() {
        assert_eq!(SeekFrom::from_raw(-1, 0), Err(EINVAL));
        assert_eq!(SeekFrom::Start(u64::MAX).to_raw(), Err(EOVERFLOW));
    }
}
