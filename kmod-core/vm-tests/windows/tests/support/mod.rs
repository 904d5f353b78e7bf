// SPDX-License-Identifier: GPL-2.0-only
//! What the tests of all windows do.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{FileExt, MetadataExt};

use kmod_test::{Parity, errno, fault};

/// Each is written to each file.
pub const INPUTS: [&str; 24] = [
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
    "a text of more than the thirty-two bytes that are kept",
    "99999999999999999999999999999999999999999999999999999999999999999999999999",
];

/// Writes to a file with one `write(2)`.
pub fn write(path: &str, bytes: &[u8]) -> Result<usize, i32> {
    errno(OpenOptions::new().write(true).open(path)).and_then(|mut file| errno(file.write(bytes)))
}

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

/// Reads files, ours and C's, at many places.
pub fn same_at_every_offset(parity: &mut Parity, name: &str, both: &[String; 2]) {
    for at in [0, 1, 4095, 4096, 4097, 20_000, 1 << 40] {
        for size in [0, 1, 7, 4096, 70_000] {
            parity.case(
                format!("{name}, {size} at {at}"),
                both.each_ref().map(|path| {
                    let mut data = vec![0; size];
                    let n = errno(File::open(path).unwrap().read_at(&mut data, at));
                    (n, data)
                }),
            );
        }
    }
}
