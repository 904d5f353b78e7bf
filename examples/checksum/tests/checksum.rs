// SPDX-License-Identifier: GPL-2.0-only
//! Sums that the thread has computed, the module's and its twin's.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::thread;

use kmod_test::{Loaded, errno, load, load_twin};

const EINVAL: i32 = 22;

/// One `write(2)`.
fn write(name: &str, text: &[u8]) -> Result<usize, i32> {
    let device = OpenOptions::new().write(true).open(format!("/dev/{name}"));
    errno(device.unwrap().write(text))
}

fn sum(name: &str) -> String {
    fs::read_to_string(format!("/dev/{name}")).unwrap()
}

fn sides() -> [(&'static str, Loaded); 2] {
    [
        ("checksum", load(&[]).unwrap()),
        ("checksum_c", load_twin(&[]).unwrap()),
    ]
}

#[test]
fn who_has_written_reads_the_sum_of_that() {
    for (name, _module) in sides() {
        assert_eq!(sum(name), "00000000\n", "{name}");
        for (text, expected) in [
            (&b"a"[..], "00620062\n"),
            (b"Wikipedia", "11e60398\n"),
            (&[255; 4096], "8161f0e2\n"),
        ] {
            assert_eq!(write(name, text), Ok(text.len()), "{name}");
            assert_eq!(sum(name), expected, "{name}");
        }
        assert_eq!(write(name, &[0; 4097]), Err(EINVAL), "{name}");
    }
}

#[test]
fn many_write_at_once() {
    for (name, _module) in sides() {
        let writers = [(); 4].map(|()| {
            thread::spawn(move || {
                for _ in 0..100 {
                    write(name, b"Wikipedia").unwrap();
                    write(name, b"a").unwrap();
                }
            })
        });
        for writer in writers {
            writer.join().unwrap();
        }
        assert_eq!(sum(name), "00620062\n", "{name}");
    }
}
