// SPDX-License-Identifier: GPL-2.0-only
//! Writing to journals and reading them.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::thread;

use kmod_test::{fault, load};

const EFAULT: i32 = 14;
const EINVAL: i32 = 22;
const EPIPE: i32 = 32;

fn reader(minor: u32) -> File {
    File::open(format!("/dev/journal{minor}")).unwrap()
}

fn writer(minor: u32) -> File {
    OpenOptions::new()
        .write(true)
        .open(format!("/dev/journal{minor}"))
        .unwrap()
}

fn rest(file: &mut File) -> String {
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    text
}

fn errno<T: std::fmt::Debug>(result: io::Result<T>) -> i32 {
    result.unwrap_err().raw_os_error().unwrap()
}

#[test]
fn everyone_reads_at_their_own_pace() {
    let _module = load(&[]).unwrap();
    let (mut first, mut second) = (reader(0), reader(0));
    writer(0).write_all(b"one\n").unwrap();
    assert_eq!(rest(&mut first), "one\n");
    writer(0).write_all(b"two\n").unwrap();
    assert_eq!(rest(&mut first), "two\n");
    assert_eq!(rest(&mut first), "");
    assert_eq!(rest(&mut second), "one\ntwo\n");
    assert_eq!(rest(&mut reader(0)), "one\ntwo\n");
}

#[test]
fn the_journals_are_separate() {
    let _module = load(&[]).unwrap();
    for minor in 0..4 {
        let entry = format!("journal {minor}\n");
        writer(minor).write_all(entry.as_bytes()).unwrap();
    }
    for minor in 0..4 {
        assert_eq!(rest(&mut reader(minor)), format!("journal {minor}\n"));
    }
}

#[test]
fn a_full_journal_forgets_its_oldest_text() {
    let _module = load(&["room=64"]).unwrap();
    let mut slow = reader(1);
    for n in 0..10 {
        writer(1)
            .write_all(format!("entry {n:03}\n").as_bytes())
            .unwrap();
    }
    assert_eq!(errno(slow.read(&mut [0; 8])), EPIPE);
    let text = rest(&mut slow);
    assert_eq!(text.len(), 64);
    assert!(text.ends_with("entry 008\nentry 009\n"), "{text:?}");
    assert_eq!(rest(&mut reader(1)), text);
    assert_eq!(errno(writer(1).write(&[b'x'; 65])), EINVAL);
}

#[test]
fn a_bad_address_loses_nothing() {
    let _module = load(&[]).unwrap();
    let mut file = reader(2);
    writer(2).write_all(b"kept\n").unwrap();
    assert_eq!(errno(fault::read_into_unmapped(&file, 16)), EFAULT);
    assert_eq!(errno(fault::write_from_unmapped(writer(2), 16)), EFAULT);
    assert_eq!(rest(&mut file), "kept\n");
}

#[test]
fn entries_of_many_writers_stay_whole() {
    let _module = load(&["room=65536"]).unwrap();
    thread::scope(|scope| {
        for n in 0..8_u8 {
            scope.spawn(move || {
                let entry = [b'a' + n; 31];
                let mut journal = writer(3);
                for _ in 0..100 {
                    journal.write_all(&[&entry[..], b"\n"].concat()).unwrap();
                }
            });
        }
    });
    let text = rest(&mut reader(3));
    assert_eq!(text.lines().count(), 800);
    for line in text.lines() {
        let first = line.as_bytes()[0];
        assert!(
            line.len() == 31 && line.bytes().all(|b| b == first),
            "{line}"
        );
    }
}
