// SPDX-License-Identifier: GPL-2.0-only
//! Hands a message to `printk`.

use core::ffi::CStr;
use core::fmt::{self, Write};
use core::mem::MaybeUninit;

use super::args::{Args, MAX_WORDS, Words};
use super::format::{Format, Level, join, styles};

/// Logs what `printk` can format.
#[inline(always)]
pub(super) fn by_printk<F: Format, T: Args, const N: usize>(args: &T) {
    let format: &'static [u8; N] = const { &join(F::LEVEL, F::PIECES, T::KINDS) };
    let mut words = Words::new();
    if F::LEVEL.is_named() {
        words.push(name());
    }
    args.push(const { styles(F::PIECES) }, &mut words);
    // SAFETY: `join` made the format for `T::KINDS`, after one `%s` for the name, and ends it with
    // a NUL; `Args::push` promises words to match.
    unsafe { printk(format, &words) };
}

/// Logs what `core::fmt` must format.
pub fn format_line<F: Format>(args: fmt::Arguments<'_>) {
    log(F::LEVEL, F::NEWLINE, args);
}

/// Logs what `core::fmt` must format, at a level that is known at run time.
#[inline(never)]
pub fn log(level: Level, newline: bool, args: fmt::Arguments<'_>) {
    let mut line = Line::new();
    // An error says that the line is full, or that a `Display` failed: what there is, is logged.
    let _ = line.write_fmt(args);
    let text = line.text();
    let end: &CStr = match text {
        [.., b'\n'] => c"",
        _ if newline => c"\n",
        _ => c"",
    };
    let mut words = Words::new();
    if level.is_named() {
        words.push(name());
    }
    words.push_text(text);
    words.push(end.as_ptr().addr());
    // SAFETY: `of_text` ends with a NUL, and takes the name if there is one, length and address of
    // the text, and a C string.
    unsafe { printk(&level.of_text(), &words) };
}

/// A line that `core::fmt` writes to. What is too long for `printk` is too long for this.
struct Line {
    bytes: [MaybeUninit<u8>; Line::LENGTH],
    length: usize,
}

impl Line {
    const LENGTH: usize = 1024;

    fn new() -> Self {
        Self {
            bytes: [const { MaybeUninit::uninit() }; Self::LENGTH],
            length: 0,
        }
    }

    fn text(&self) -> &[u8] {
        // SAFETY: `write_str` has written the first `length` bytes.
        unsafe { core::slice::from_raw_parts(self.bytes.as_ptr().cast(), self.length) }
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.bytes.get_mut(self.length..).unwrap_or_default();
        let length = text.len().min(room.len());
        // SAFETY: Both are valid for `length` bytes, and `text` cannot overlap `self`.
        unsafe {
            text.as_ptr()
                .copy_to_nonoverlapping(room.as_mut_ptr().cast(), length)
        };
        // It is at most the size.
        self.length = self.length.wrapping_add(length);
        if length < text.len() {
            return Err(fmt::Error);
        }
        Ok(())
    }
}

/// The address of the module's name.
#[cfg(target_os = "none")]
#[inline(always)]
fn name() -> usize {
    (&raw const kmod_bindings::__this_module)
        .addr()
        .wrapping_add(kmod_bindings::KMOD_MODULE_NAME_OFFSET as usize)
}

/// The address of a name.
#[cfg(not(target_os = "none"))]
fn name() -> usize {
    c"host".as_ptr().addr()
}

/// Calls `printk()` with as many words as there are.
///
/// # Safety
/// `format` ends with a NUL, and its conversions take `words`.
#[cfg(target_os = "none")]
#[inline(always)]
unsafe fn printk(format: &[u8], words: &Words) {
    let format = format.as_ptr().cast();
    let w = &words.words;
    macro_rules! by_length {
        ($($length:literal: $($index:literal)*;)*) => {
            match words.length {
                // SAFETY: `format` ends with a NUL, and its conversions take these words (this
                // function's contract).
                $($length => unsafe { kmod_bindings::kmod_printk(format $(, w[$index])*) },)*
                _ => const { assert!(MAX_WORDS == 17); 0 },
            }
        };
    }
    let _ = by_length! {
        0: ;
        1: 0;
        2: 0 1;
        3: 0 1 2;
        4: 0 1 2 3;
        5: 0 1 2 3 4;
        6: 0 1 2 3 4 5;
        7: 0 1 2 3 4 5 6;
        8: 0 1 2 3 4 5 6 7;
        9: 0 1 2 3 4 5 6 7 8;
        10: 0 1 2 3 4 5 6 7 8 9;
        11: 0 1 2 3 4 5 6 7 8 9 10;
        12: 0 1 2 3 4 5 6 7 8 9 10 11;
        13: 0 1 2 3 4 5 6 7 8 9 10 11 12;
        14: 0 1 2 3 4 5 6 7 8 9 10 11 12 13;
        15: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14;
        16: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15;
        17: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16;
    };
}

/// Keeps the message for tests.
///
/// # Safety
/// `format` ends with a NUL, and its conversions take `words`.
#[cfg(not(target_os = "none"))]
unsafe fn printk(format: &[u8], words: &Words) {
    const { assert!(MAX_WORDS == 17) };
    let format = CStr::from_bytes_until_nul(format).unwrap_or_default();
    // SAFETY: `format` ends with a NUL, and its conversions take these words (this function's
    // contract).
    unsafe { kmod_bindings::printk_words(format, &words.words[..words.length]) };
}
