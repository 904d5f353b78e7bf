// SPDX-License-Identifier: GPL-2.0-only
//! What is asked of every file of bytes, in sysfs and in debugfs.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::{FileExt, MetadataExt};

use kmod_test::{Parity, errno, fault};

use crate::support::same_at_every_offset;

/// Where something is written, and how much.
const PLACES: [(u64, usize); 12] = [
    (0, 0),
    (0, 1),
    (0, 31),
    (0, 32),
    (0, 33),
    (7, 5000),
    (31, 1),
    (31, 2),
    (32, 1),
    (4095, 2),
    (9_999, 10),
    (1 << 40, 1),
];

/// Looks at one, reads it and writes to it, at many places: ours and C's.
pub fn same_bytes_as_in_c(parity: &mut Parity, name: &str, both: &[String; 2]) {
    parity.case(
        name,
        both.each_ref().map(|path| {
            let data = fs::metadata(path).unwrap();
            (data.mode(), data.len(), data.uid(), data.nlink())
        }),
    );
    let read = |parity: &mut Parity, of: &str| {
        parity.case(of, both.each_ref().map(|path| errno(fs::read(path))));
    };
    read(parity, name);
    for (at, len) in PLACES {
        let of = format!("{name} <- {len} at {at}");
        let bytes: Vec<u8> = (0..len).map(|i| (i * 7 + 3) as u8).collect();
        parity.case(
            &of,
            both.each_ref().map(|path| {
                let file = errno(OpenOptions::new().write(true).open(path));
                file.map(|file| errno(file.write_at(&bytes, at)))
            }),
        );
        read(parity, &of);
    }
    parity.case(
        format!("{name} <- memory that is not there"),
        both.each_ref().map(|path| {
            errno(OpenOptions::new().write(true).open(path))
                .map(|file| errno(fault::write_from_unmapped(&file, 5)))
        }),
    );
    if errno(fs::read(&both[0])).is_ok() {
        same_at_every_offset(parity, name, both);
    }
}
