// SPDX-License-Identifier: GPL-2.0-only
//! What the tests of all files of text do.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::MetadataExt;

use kmod_test::{Parity, errno, fault};

use crate::support::write;

/// Each is written to each file.
pub const INPUTS: [&str; 28] = [
    "",
    "\n",
    "0",
    "1",
    "-1",
    "+7",
    " 3",
    "3 ",
    "3\n",
    "3\n\n",
    "0x10",
    "010",
    "08",
    "4294967295",
    "4294967296",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "y",
    "no",
    "on",
    "off",
    "boost",
    "cut\n",
    "Flat",
    "cut_off",
    "a text of more than the thirty-two bytes that are kept",
    "99999999999999999999999999999999999999999999999999999999999999999999999999",
];

/// Writes all inputs to files, ours and C's, and compares what comes of it and what is shown then.
pub fn same_as_in_c(parity: &mut Parity, name: &str, both: &[String; 2]) {
    parity.case(
        name,
        both.each_ref().map(|path| {
            let data = fs::metadata(path).unwrap();
            (data.mode(), data.len(), data.uid(), data.nlink())
        }),
    );
    for input in INPUTS {
        let of = format!("{name} <- {input:?}");
        parity.case(
            &of,
            both.each_ref().map(|path| write(path, input.as_bytes())),
        );
        parity.case(&of, both.each_ref().map(|path| errno(fs::read(path))));
    }
    parity.case(
        format!("{name} <- memory that is not there"),
        both.each_ref().map(|path| {
            errno(OpenOptions::new().write(true).open(path))
                .map(|file| errno(fault::write_from_unmapped(&file, 5)))
        }),
    );
}
