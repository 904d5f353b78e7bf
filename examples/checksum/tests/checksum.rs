// SPDX-License-Identifier: GPL-2.0-only
//! Sums that the thread has computed.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::thread;

use kmod_test::load;

/// One `write(2)`.
fn write(text: &[u8]) {
    let device = OpenOptions::new().write(true).open("/dev/checksum");
    assert_eq!(device.unwrap().write(text).unwrap(), text.len());
}

fn sum() -> String {
    fs::read_to_string("/dev/checksum").unwrap()
}

#[test]
fn who_has_written_reads_the_sum_of_that() {
    let _module = load(&[]).unwrap();
    for (text, expected) in [
        (&b"a"[..], "00620062\n"),
        (b"Wikipedia", "11e60398\n"),
        (&[255; 4096], "8161f0e2\n"),
    ] {
        write(text);
        assert_eq!(sum(), expected);
    }
}

#[test]
fn many_write_at_once() {
    let _module = load(&[]).unwrap();
    let writers = [(); 4].map(|()| {
        thread::spawn(|| {
            for _ in 0..100 {
                write(b"Wikipedia");
                write(b"a");
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(sum(), "00620062\n");
}
