// SPDX-License-Identifier: GPL-2.0-only
//! Copies straight into and out of mapped memory, and signals to one file alone.

use std::fs::{File, OpenOptions};
use std::io::{self, IoSlice, IoSliceMut, Read, Seek, Write};
use std::os::unix::fs::FileExt;

use kmod_test::{Mapping, errno, fault, load, set_async, signals};

const PAGE: usize = 4096;
const EFAULT: i32 = 14;
const EINVAL: i32 = 22;
const POLL_IN: i32 = 1;

fn open(name: &str) -> File {
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true);
    options.open(format!("/dev/{name}")).unwrap()
}

#[test]
fn what_is_written_is_mapped_and_read() {
    let _module = load(&[]).unwrap();
    let file = open("vm_memory");
    let mapping = Mapping::shared(&file, 2 * PAGE).unwrap();
    // Over the end of a page.
    let at = PAGE - 3;
    assert_eq!(file.write_at(b"written", at as u64).unwrap(), 7);
    assert_eq!(mapping.read(at, 7).unwrap(), b"written");
    mapping.write(at, b"mapped!").unwrap();
    let mut seen = [0; 7];
    file.read_exact_at(&mut seen, at as u64).unwrap();
    assert_eq!(&seen, b"mapped!");
}

#[test]
fn a_copy_ends_with_the_memory() {
    let _module = load(&[]).unwrap();
    for name in ["vm_memory", "vm_pieces"] {
        let file = open(name);
        let end = 2 * PAGE as u64;
        assert_eq!(file.write_at(&[b'x'; 100], end - 10).unwrap(), 10, "{name}");
        let mut seen = [0; 100];
        assert_eq!(file.read_at(&mut seen, end - 11).unwrap(), 11, "{name}");
        assert_eq!(&seen[..12], b"\0xxxxxxxxxx\0", "{name}");
        assert_eq!(file.read_at(&mut seen, end).unwrap(), 0, "{name}");
        assert_eq!(errno(file.read_at(&mut seen, end + 1)), Err(EINVAL));
        assert_eq!(errno(file.write_at(&seen, 1 << 40)), Err(EINVAL));
    }
}

#[test]
fn what_is_not_there_is_efault() {
    let _module = load(&[]).unwrap();
    for name in ["vm_memory", "vm_pieces"] {
        let file = open(name);
        let result = fault::read_into_unmapped(&file, 8);
        assert_eq!(errno(result.map(drop)), Err(EFAULT), "{name}");
        let result = fault::write_from_unmapped(&file, 8);
        assert_eq!(errno(result.map(drop)), Err(EFAULT), "{name}");
    }
}

#[test]
fn many_pieces_and_a_pipe() {
    let _module = load(&[]).unwrap();
    let mut file = open("vm_pieces");
    let parts = [
        IoSlice::new(b"one "),
        IoSlice::new(b"two "),
        IoSlice::new(b"three"),
    ];
    assert_eq!(file.write_vectored(&parts).unwrap(), 13);
    file.rewind().unwrap();
    let (mut first, mut second) = ([0; 6], [0; 7]);
    let mut parts = [IoSliceMut::new(&mut first), IoSliceMut::new(&mut second)];
    assert_eq!(file.read_vectored(&mut parts).unwrap(), 13);
    assert_eq!((&first, &second), (b"one tw", b"o three"));
    // On Linux, this copies by splice(2) or sendfile(2).
    file.rewind().unwrap();
    let mut copy = File::create("/tmp/copy").unwrap();
    io::copy(&mut file, &mut copy).unwrap();
    let copy = std::fs::read("/tmp/copy").unwrap();
    assert_eq!((&copy[..13], copy.len()), (&b"one two three"[..], 2 * PAGE));
}

#[test]
fn a_file_has_a_list_of_its_own() {
    let _module = load(&[]).unwrap();
    let mut asked = open("vm_signals");
    let signals = signals(&asked).unwrap();
    open("vm_signals").write_all(b"x").unwrap();
    assert_eq!(signals.next(), None);
    asked.write_all(b"x").unwrap();
    assert_eq!(signals.next(), Some(POLL_IN));
    set_async(&asked, false).unwrap();
    asked.write_all(b"x").unwrap();
    assert_eq!(signals.next(), None);
    // The list goes with its only member.
    for _ in 0..100 {
        let mut file = open("vm_signals");
        set_async(&file, true).unwrap();
        file.write_all(b"x").unwrap();
    }
}
