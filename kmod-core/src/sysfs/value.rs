// SPDX-License-Identifier: GPL-2.0-only
//! Values that are files by themselves: one number, one bool, a row of numbers, a text.

use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use super::{SysfsCall, SysfsFile, SysfsHandlers, SysfsWriter};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::str::parse;
use crate::sysctl::SysctlString;

const VALUE: SysfsHandlers = SysfsHandlers {
    is_visible: false,
    show: true,
    store: true,
    is_value: true,
};

#[diagnostic::do_not_recommend]
impl SysfsFile for AtomicBool {
    type Module = ();
    type Instance = ();

    const HANDLERS: SysfsHandlers = VALUE;

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        to.write_str(match self.load(Ordering::Relaxed) {
            true => "1\n",
            false => "0\n",
        });
        Ok(())
    }

    fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        self.store(parse(text)?, Ordering::Relaxed);
        Ok(())
    }
}

macro_rules! atomics {
    ($($type:ty: $number:ty,)*) => {$(
        #[diagnostic::do_not_recommend]
        impl SysfsFile for $type {
            type Module = ();
            type Instance = ();

            const HANDLERS: SysfsHandlers = VALUE;

            fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
                writeln!(to, "{}", self.load(Ordering::Relaxed))
            }

            fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
                self.store(parse(text)?, Ordering::Relaxed);
                Ok(())
            }
        }

        #[diagnostic::do_not_recommend]
        impl<const N: usize> SysfsFile for [$type; N] {
            type Module = ();
            type Instance = ();

            const HANDLERS: SysfsHandlers = VALUE;

            fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
                for (index, number) in self.iter().enumerate() {
                    let between = if index == 0 { "" } else { " " };
                    write!(to, "{between}{}", number.load(Ordering::Relaxed))?;
                }
                to.write_str("\n");
                Ok(())
            }

            /// All of them, or none.
            fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
                let mut words = words(text);
                let mut new: [$number; N] = [0; N];
                for number in &mut new {
                    *number = parse(words.next().ok_or(EINVAL)?)?;
                }
                if words.next().is_some() {
                    return Err(EINVAL);
                }
                for (number, new) in self.iter().zip(new) {
                    number.store(new, Ordering::Relaxed);
                }
                Ok(())
            }
        }
    )*};
}

atomics! {
    AtomicI8: i8,
    AtomicI16: i16,
    AtomicI32: i32,
    AtomicI64: i64,
    AtomicIsize: isize,
    AtomicU8: u8,
    AtomicU16: u16,
    AtomicU32: u32,
    AtomicU64: u64,
    AtomicUsize: usize,
}

/// What stands between spaces.
fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
}

#[diagnostic::do_not_recommend]
impl<const N: usize> SysfsFile for SysctlString<N> {
    type Module = ();
    type Instance = ();

    const HANDLERS: SysfsHandlers = VALUE;

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        self.with(|text| to.write_str(text));
        to.write_str("\n");
        Ok(())
    }

    /// A line, without its newline; one that is too long is not cut.
    fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        if !crate::str::is_utf8(text) {
            return Err(EINVAL);
        }
        // SAFETY: It has just been looked at.
        self.set(unsafe { str::from_utf8_unchecked(text) })
    }
}
