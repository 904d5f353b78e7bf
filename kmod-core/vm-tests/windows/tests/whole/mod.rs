// SPDX-License-Identifier: GPL-2.0-only
//! Values of more than a number, which are taken whole or not at all.

use std::fs;

use crate::support::write;

const EINVAL: i32 = 22;
const ERANGE: i32 = 34;

/// A row of three numbers of 16 bits.
pub fn a_row_is_taken_as_a_whole(row: &str) {
    assert_eq!(fs::read_to_string(row).unwrap(), "0 0 0\n");
    assert_eq!(write(row, b" 1\t-2  0x3\n"), Ok(11));
    for (input, error) in [
        ("1 2", EINVAL),
        ("1 2 3 4", EINVAL),
        ("1 2 x", EINVAL),
        ("1 2 32768", ERANGE),
        ("\n", EINVAL),
    ] {
        assert_eq!(write(row, input.as_bytes()), Err(error), "{input:?}");
    }
    assert_eq!(fs::read_to_string(row).unwrap(), "1 -2 3\n");
}

/// Of less than 16 bytes.
pub fn a_text_is_a_line(word: &str) {
    assert_eq!(write(word, "grün\n".as_bytes()), Ok(6));
    assert_eq!(fs::read_to_string(word).unwrap(), "grün\n");
    for input in [&b"\xff"[..], b"sixteen letters!"] {
        assert_eq!(write(word, input), Err(EINVAL), "{input:?}");
    }
    assert_eq!(fs::read_to_string(word).unwrap(), "grün\n");
}
