// SPDX-License-Identifier: GPL-2.0-only
//! The texts in rows of tables of ids.

use core::ffi::c_char;

/// Copies a text and leaves at least one zero behind it.
pub(crate) const fn put<const N: usize>(to: &mut [c_char; N], text: &str) {
    let text = text.as_bytes();
    assert!(!text.is_empty() && text.len() < N, "an id that is none");
    let mut at = 0;
    while at < text.len() {
        to[at] = text[at] as c_char;
        at += 1;
    }
}
