// SPDX-License-Identifier: GPL-2.0-only
//! What the tests of all windows do.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;

use kmod_test::{Parity, errno};

/// Writes to a file with one `write(2)`.
pub fn write(path: &str, bytes: &[u8]) -> Result<usize, i32> {
    errno(OpenOptions::new().write(true).open(path)).and_then(|mut file| errno(file.write(bytes)))
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
