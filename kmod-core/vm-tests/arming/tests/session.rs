// SPDX-License-Identifier: GPL-2.0-only
//! Open files with timers, works and threads of their own.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};

use kmod_test::{Kmsg, Loaded, errno, load, rounds, until};

const ENXIO: i32 = 6;

fn open(path: &str) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

fn session() -> File {
    open("/dev/vm_session").unwrap()
}

/// How often a file's handlers have run, how many states have gone, and how many files were released.
fn counts(mut file: &File) -> [u32; 3] {
    let mut text = [0; 64];
    let length = file.read(&mut text).unwrap();
    let text = str::from_utf8(&text[..length]).unwrap();
    let counts: Vec<u32> = text
        .split_whitespace()
        .map(|count| count.parse().unwrap())
        .collect();
    counts.try_into().unwrap()
}

fn start(mut file: &File) {
    file.write_all(b"1").unwrap();
}

/// Unloads it; nothing was armed that must not be.
fn gone(module: Loaded, mut log: Kmsg) -> Vec<String> {
    drop(module);
    let lines = log.lines().unwrap();
    let wrong = |line: &&String| line.contains("armed") || line.contains("not what it was");
    assert_eq!(lines.iter().find(wrong), None);
    lines
}

#[test]
fn each_file_has_its_own() {
    let log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let (one, other) = (session(), session());
    start(&one);
    until(|| counts(&one)[0] > 20);
    assert_eq!(counts(&other)[0], 0);
    start(&other);
    drop(one);
    let before = counts(&other)[0];
    until(|| counts(&other)[0] > before + 20);
    assert_eq!(counts(&other)[1..], [3, 1]);
    drop(other);
    gone(module, log);
}

#[test]
fn what_is_busy_ends_before_the_state_goes() {
    let log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let rounds = rounds(20);
    for round in 0..rounds {
        let file = session();
        start(&file);
        until(|| counts(&file)[0] > round % 16);
    }
    let last = session();
    assert_eq!(counts(&last)[1..], [2 * rounds + 1, rounds]);
    drop(last);
    let lines = gone(module, log);
    let ends = "the sleeper of a file ends with Err(ENODEV)";
    let ends = lines.iter().filter(|line| line.contains(ends));
    // One that had not begun did not begin.
    let ends = u32::try_from(ends.count()).unwrap();
    assert!(0 < ends && ends <= rounds, "{ends}");
}

#[test]
fn what_cannot_be_registered_fails_the_open() {
    let log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    assert_eq!(errno(open("/dev/vm_lost").map(drop)), Err(ENXIO));
    let file = session();
    assert_eq!(counts(&file), [0, 2, 0], "it is dropped, and not released");
    drop(file);
    gone(module, log);
}
