// SPDX-License-Identifier: GPL-2.0-only
//! Declarations of C's functions are what they say, and warn of nothing.
#![deny(warnings, clippy::pedantic, missing_docs, unused)]

use kmod_core::prelude::*;

#[import_c]
unsafe extern "C" {
    /// The length of a text.
    #[cfg(not(target_os = "none"))]
    fn strlen(text: *const u8) -> usize;
    #[cfg(target_os = "none")]
    fn ticket_gone(text: *const u8) -> usize;
    fn abs(number: i32) -> i32;
}

fn main() {
    // SAFETY: The text ends with a NUL.
    let length = unsafe { strlen(c"text".as_ptr().cast()) };
    assert_eq!(length, 4);
    // SAFETY: It is a number that has a positive one.
    let number = unsafe { abs(-1) };
    assert_eq!(number, 1);
}
