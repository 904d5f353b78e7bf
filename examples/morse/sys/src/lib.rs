// SPDX-License-Identifier: GPL-2.0-only
//! The C half of morse, for its Rust half: all that is `unsafe` in the module.
#![no_std]

use kmod_core::error::to_result;
use kmod_core::prelude::*;

/// A line of Morse code that C writes and Rust reads.
#[uapi]
pub struct Line {
    /// How much of the marks counts.
    pub length: u32,
    /// Dots, dashes, and spaces between letters.
    pub marks: [u8; 252],
}

#[import_c]
unsafe extern "C" {
    /// Writes text into a line in Morse code; 0, or a negative errno.
    fn morse_encode(text: *const u8, length: usize, line: &mut Line) -> i32;
}

/// Writes text into a line in Morse code.
///
/// # Errors
///
/// EINVAL for a letter that has no code, ENOSPC if the line is too short.
pub fn encode(text: &[u8], line: &mut Line) -> Result {
    // SAFETY: `morse_encode` reads `length` bytes at `text`, which is a slice's, and changes the line
    // through `morse_put` only, before it returns: it keeps neither.
    let ret = unsafe { morse_encode(text.as_ptr(), text.len(), line) };
    to_result(ret).map(drop)
}
