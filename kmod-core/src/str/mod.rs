// SPDX-License-Identifier: GPL-2.0-only
//! Text. C strings are [`core::ffi::CStr`], with literals `c"..."`; [`CString`] is one that is made
//! at run time, and [`KString`](crate::alloc::KString) is for text that C does not see.

mod cstring;
mod parse;

use core::ffi::CStr;
use core::fmt::{self, Write};

pub use cstring::CString;
pub use parse::{Terminated, parse};

use crate::print::{Kind, PrintkArg, Style, Words};

/// Copies as much of `bytes` as has room behind the first `at` of `to`, which grow by that.
pub(crate) fn append(to: &mut [u8], at: &mut usize, bytes: &[u8]) {
    let room = to.get_mut(*at..).unwrap_or_default();
    let n = bytes.len().min(room.len());
    if let (Some(room), Some(bytes)) = (room.get_mut(..n), bytes.get(..n)) {
        room.copy_from_slice(bytes);
        *at += n;
    }
}

/// Shows a C string with `{}`: what is not UTF-8 as U+FFFD.
///
/// In a `pr_*!` macro it goes to the log as it is.
#[inline]
pub fn c_str(text: &CStr) -> Shown<'_> {
    Shown(text)
}

/// A C string that `{}` shows: [`c_str`].
#[derive(Clone, Copy)]
pub struct Shown<'a>(&'a CStr);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.to_bytes().utf8_chunks() {
            f.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                f.write_char(char::REPLACEMENT_CHARACTER)?;
            }
        }
        Ok(())
    }
}

// SAFETY: The address of a C string.
unsafe impl PrintkArg for Shown<'_> {
    const KIND: Kind = Kind::CStr;

    #[inline(always)]
    fn push(&self, _: Style, to: &mut Words) {
        to.push(self.0.as_ptr().expose_provenance());
    }
}

/// Whether no byte has its high bit set; smaller than [`<[u8]>::is_ascii`].
#[inline]
pub(crate) fn is_ascii(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks();
    let ascii = |word: &[u8; 8]| u64::from_ne_bytes(*word) & 0x8080_8080_8080_8080 == 0;
    words.iter().all(ascii) && rest.iter().all(u8::is_ascii)
}

/// Whether `bytes` are UTF-8, as [`core::str::from_utf8`] decides; smaller, and slower on long text.
#[inline(never)]
pub(crate) fn is_utf8(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(&first) = rest.next() {
        // As many leading ones as bytes, but none for a single one.
        let length = first.leading_ones();
        if length == 0 {
            continue;
        }
        let mut char = u32::from(first) & (0x7f >> length);
        for _ in 1..length {
            match rest.next() {
                Some(&byte) if byte & 0xc0 == 0x80 => char = char << 6 | u32::from(byte & 0x3f),
                _ => return false,
            }
        }
        // No overlong form, no surrogate, nothing above U+10FFFF, no byte that begins nothing.
        let least = match length {
            2 => 0x80,
            3 => 0x800,
            4 => 0x10000,
            _ => return false,
        };
        if char < least || char.wrapping_sub(0xd800) < 0x800 || char > 0x10ffff {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_what_core_says() {
        for length in 0..20 {
            let mut bytes = std::vec![0x7f; length];
            assert!(is_ascii(&bytes));
            for index in 0..length {
                bytes[index] = 0x80;
                assert!(!is_ascii(&bytes), "{index} of {length}");
                bytes[index] = 0;
            }
        }
    }

    #[test]
    fn utf8_is_what_core_takes() {
        // Every first byte, followed by bytes on both sides of every bound.
        let edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
        // Miri takes an hour for all of them.
        let apart = if cfg!(miri) { 37 } else { 1 };
        for first in (0..=u8::MAX).step_by(apart) {
            for second in edges {
                for third in edges {
                    for fourth in edges {
                        let bytes = [first, second, third, fourth];
                        for length in 0..=4 {
                            let bytes = &bytes[..length];
                            assert_eq!(
                                is_utf8(bytes),
                                core::str::from_utf8(bytes).is_ok(),
                                "{bytes:x?}"
                            );
                        }
                    }
                }
            }
        }
    }
}
