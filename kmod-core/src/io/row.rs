// SPDX-License-Identifier: GPL-2.0-only
//! What a map says of its registers beyond where each is.

use super::Placing;

/// A register, some that are alike, or blocks of some, as [`Registers::ROWS`](super::Registers::ROWS) has them.
pub struct Row {
    /// Where it is.
    pub placing: Placing,
    /// Whether it can change without being written, or does something when it is.
    pub volatile: bool,
    /// Whether it is cleared when it is read.
    pub cleared: bool,
    /// What it holds after a reset.
    pub reset: Option<u64>,
    /// If it is a block, the rows of that.
    pub block: &'static [Row],
}

/// Fails to compile if a register of a map that counts registers is not as wide as they are, or a block has others.
#[track_caller]
pub const fn assert_word(bytes: usize, word: usize, message: &str) {
    assert!(bytes == word, "{}", message);
}
