// SPDX-License-Identifier: GPL-2.0-only
//! Parameters that are never 0: what is divided by, without a panic.

use core::num::NonZero;

use super::{ParamValue, ParamWriter};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::str::parse;

macro_rules! nonzero {
    ($($int:ty)*) => {$(
        /// Written like the number, by the kernel's `kstrto*()`; `0` is `EINVAL`, and `ERANGE` what does
        /// not fit.
        impl ParamValue for NonZero<$int> {
            fn parse(text: &str) -> Result<Self> {
                Self::new(parse::<$int>(text)?).ok_or(EINVAL)
            }

            fn show(&self, to: &mut ParamWriter<'_>) -> Result {
                to.write_str(itoa::Buffer::new().format(self.get()));
                Ok(())
            }
        }
    )*};
}

nonzero!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
