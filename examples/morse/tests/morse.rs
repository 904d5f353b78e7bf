// SPDX-License-Identifier: GPL-2.0-only
//! C and Rust in one module, used through its device.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::thread;

use kmod_test::{errno, load};

const EINVAL: i32 = 22;
const ENOSPC: i32 = 28;

fn open() -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true).open("/dev/morse").unwrap()
}

/// What is read after that was written.
fn sent(text: &str) -> String {
    errno(open().write(text.as_bytes())).unwrap();
    last()
}

/// By one read, which is of one line.
fn last() -> String {
    let mut marks = [0; 256];
    let n = open().read(&mut marks).unwrap();
    str::from_utf8(&marks[..n]).unwrap().to_owned()
}

#[test]
fn rust_calls_c_and_c_calls_rust() {
    let _module = load(&[]).unwrap();
    assert_eq!(last(), "");
    assert_eq!(sent("SOS 1"), "... --- ... / .---- \n");
    assert_eq!(sent("e"), ". \n");
}

#[test]
fn what_c_refuses_changes_nothing() {
    let _module = load(&[]).unwrap();
    let before = sent("e");
    assert_eq!(errno(open().write(b"e!")), Err(EINVAL));
    assert_eq!(last(), before);
}

/// Rust tells C that there is no more room, and nothing is written beyond it.
#[test]
fn a_line_is_not_longer_than_it_is() {
    let _module = load(&[]).unwrap();
    assert_eq!(sent(&"0".repeat(41)), "----- ".repeat(41) + "\n");
    // 252 marks, and no room for the end.
    assert_eq!(errno(open().write("0".repeat(42).as_bytes())), Err(ENOSPC));
}

#[test]
fn many_write_at_once() {
    let _module = load(&[]).unwrap();
    let writers = ["sos", "e", "0"].map(|text| {
        thread::spawn(move || {
            for _ in 0..100 {
                errno(open().write(text.as_bytes())).unwrap();
                let marks = last();
                assert!(
                    ["... --- ... \n", ". \n", "----- \n"].contains(&&*marks),
                    "{marks}"
                );
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
}
