// SPDX-License-Identifier: GPL-2.0-only
//! Hands a message to `printk`.

use core::ffi::CStr;
use core::fmt::{self, Write};
use core::mem::MaybeUninit;
#[cfg(target_os = "none")]
use core::ptr;

use super::args::{Args, MAX_WORDS, Words};
#[cfg(target_os = "none")]
use super::deferred;
use super::format::{Format, Level, join, styles};
use super::target::Target;

/// Logs what `printk` can format.
#[inline(always)]
pub(super) fn by_printk<F: Format, T: Args, const N: usize>(args: &T) {
    by_printk_to::<F, T, N>(Target::LOG, args);
}

/// The same, to wherever it goes.
#[inline(always)]
pub(super) fn by_printk_to<F: Format, T: Args, const N: usize>(to: Target<'_>, args: &T) {
    let format: &'static [u8; N] = const { &join(F::LEVEL, F::IS_NAMED, F::PIECES, T::KINDS) };
    let mut words = Words::new();
    if F::IS_NAMED {
        words.push(name());
    }
    args.push(const { styles(F::PIECES) }, &mut words);
    // SAFETY: `join` made the format for `T::KINDS`, after one `%s` for the name, and ends it with
    // a NUL; `Args::push` promises words to match.
    unsafe { say(to, format, &words) };
}

/// Logs what `core::fmt` must format.
pub fn format_line<F: Format>(args: fmt::Arguments<'_>) {
    log(F::LEVEL, F::NEWLINE, args);
}

/// The same, to wherever it goes.
pub fn format_line_to<F: Format>(to: Target<'_>, args: fmt::Arguments<'_>) {
    log_to(to, F::LEVEL, F::IS_NAMED, F::NEWLINE, args);
}

/// The same, later.
pub fn format_line_deferred<F: Format>(args: fmt::Arguments<'_>) {
    log_deferred(F::LEVEL, args);
}

/// Logs what `core::fmt` must format, at a level that is known at run time.
#[inline(never)]
pub fn log(level: Level, newline: bool, args: fmt::Arguments<'_>) {
    log_at(Target::LOG, level, level.is_named(), newline, args);
}

/// The same, to wherever it goes.
#[inline(never)]
fn log_to(to: Target<'_>, level: Level, is_named: bool, newline: bool, args: fmt::Arguments<'_>) {
    log_at(to.now(), level, is_named, newline, args);
}

/// The same, later. It is a function of its own since it calls nothing that prints.
#[inline(never)]
fn log_deferred(level: Level, args: fmt::Arguments<'_>) {
    log_at(Target::LATER, level, true, true, args);
}

#[inline(always)]
fn log_at(to: Target<'_>, level: Level, is_named: bool, newline: bool, args: fmt::Arguments<'_>) {
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
    if is_named {
        words.push(name());
    }
    words.push_text(text);
    words.push(end.as_ptr().expose_provenance());
    // SAFETY: `of_text` ends with a NUL, and takes the name if there is one, length and address of
    // the text, and a C string.
    unsafe { say(to, &level.of_text(is_named), &words) };
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
        .expose_provenance()
        .wrapping_add(kmod_bindings::KMOD_MODULE_NAME_OFFSET as usize)
}

/// The address of a name.
#[cfg(not(target_os = "none"))]
fn name() -> usize {
    c"host".as_ptr().expose_provenance()
}

/// Calls what a message goes to with as many words as there are.
///
/// # Safety
/// `format` begins with a level and ends with a NUL, and its conversions take `words`.
#[cfg(target_os = "none")]
#[inline(always)]
unsafe fn say(to: Target<'_>, format: &[u8], words: &Words) {
    let format = format.as_ptr().cast();
    let w = &words.words;
    macro_rules! by_length {
        ($call:path, $($first:expr),*) => {
            by_length! { @ $call, [$($first),*]
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
            }
        };
        (@ $call:path, $first:tt $($length:literal: $($index:literal)*;)*) => {
            match words.length {
                $($length => by_length! { ! $call, $first $(w[$index])* },)*
                _ => const { assert!(MAX_WORDS == 17) },
            }
        };
        (! $call:path, [$($first:expr),*] $($word:expr)*) => {{
            // SAFETY: `format` ends with a NUL, and its conversions take these words; a device lives, and
            // if there is none there is a place, or the call is `printk`'s, now or later (this function's
            // contract, `Target`'s invariants); what says whether that is open is a static.
            let _ = unsafe { $call($($first),* $(, $word)*) };
        }};
    }
    if to.later {
        by_length!(
            kmod_bindings::kmod_print_deferred,
            deferred::is_open(),
            format
        );
    } else if to.is_log() {
        by_length!(kmod_bindings::kmod_printk, format);
    } else {
        let place = to.place.map_or(ptr::null_mut(), |place| {
            (&raw const *place).cast_mut().cast()
        });
        by_length!(kmod_bindings::kmod_say, place, to.device, format);
    }
}

/// Keeps the message for tests.
///
/// # Safety
/// `format` ends with a NUL, and its conversions take `words`.
#[cfg(not(target_os = "none"))]
unsafe fn say(to: Target<'_>, format: &[u8], words: &Words) {
    // The host's log has no names of devices, and nothing waits for it.
    let _ = (to.is_log(), to.later);
    const { assert!(MAX_WORDS == 17) };
    let format = CStr::from_bytes_until_nul(format).unwrap_or_default();
    // SAFETY: `format` ends with a NUL, and its conversions take these words (this function's
    // contract).
    unsafe { kmod_bindings::printk_words(format, &words.words[..words.length]) };
}

/// `print_hex_dump()`, as `print_hex_dump_bytes()` does it.
pub fn hex_dump(level: Level, prefix: &CStr, bytes: &[u8]) {
    // SAFETY: Both are C strings, and as many bytes are there.
    unsafe {
        kmod_bindings::kmod_hex_dump(
            level.as_c_str().as_ptr(),
            prefix.as_ptr(),
            bytes.as_ptr().cast(),
            bytes.len(),
        )
    };
}
