// SPDX-License-Identifier: GPL-2.0-only
//! Who calls, and how the file was opened.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::process;
use std::thread;

use kmod_test::{load, program};

const DEVICE: &str = "/dev/vm_caller";

/// What a program that takes these steps reads.
fn as_user(steps: &[&str]) -> String {
    let output = program("as_user").args(steps).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

fn read(mut file: &File) -> String {
    let mut text = [0; 1024];
    let n = file.read(&mut text).unwrap();
    String::from_utf8(text[..n].to_vec()).unwrap()
}

fn has(text: &str, line: &str) {
    assert!(text.lines().any(|is| is == line), "no {line:?}: {text}");
}

#[test]
fn root_may_all() {
    let _module = load(&[]).unwrap();
    let text = read(&File::open(DEVICE).unwrap());
    for line in [
        "opener 0 true",
        "uid 0 0",
        "gid 0 0",
        "fs 0 0",
        "chown true true",
        "admin true true",
    ] {
        has(&text, line);
    }
}

#[test]
fn a_user_is_not_root() {
    let _module = load(&[]).unwrap();
    let text = as_user(&["ids", "open", DEVICE, "read"]);
    for line in [
        "opener 1000 false",
        "uid 1000 2000",
        "gid 1001 2001",
        "fs 2000 2001",
        "chown false false",
        "admin false false",
    ] {
        has(&text, line);
    }
    let text = as_user(&["ids", "open", "/proc/sys/vm_wrappers/reader", "read"]);
    assert!(text.starts_with("2000\n"), "{text}");
}

/// Root's sysctl asks whether its writer may do more than write.
#[test]
fn a_write_has_a_caller() {
    const SYSCTL: &str = "/proc/sys/vm_wrappers/reader";
    let _module = load(&[]).unwrap();
    has(&as_user(&["put", SYSCTL]), "put 0");
    // EPERM
    has(&as_user(&["drop-admin", "put", SYSCTL]), "put 1");
}

/// It is asked at each call, of whoever calls then.
#[test]
fn who_opened_and_who_reads_are_two() {
    let _module = load(&[]).unwrap();
    let text = as_user(&["open", DEVICE, "ids", "read"]);
    has(&text, "opener 0 true");
    has(&text, "uid 1000 2000");
    has(&text, "admin false false");
}

#[test]
fn one_capability_can_be_missing() {
    let _module = load(&[]).unwrap();
    let text = as_user(&["drop-admin", "open", DEVICE, "read"]);
    for line in [
        "opener 0 false",
        "uid 0 0",
        "chown true true",
        "admin false false",
    ] {
        has(&text, line);
    }
}

/// Who has all capabilities in a namespace of its own has none outside, and its ids are told as
/// they are outside.
#[test]
fn a_namespace_gives_nothing_outside_of_it() {
    let _module = load(&[]).unwrap();
    let text = as_user(&["userns", "open", DEVICE, "read"]);
    has(&text, "uid 0 0");
    has(&text, "admin false true");
    has(&text, "chown false true");
}

#[test]
fn threads_and_processes_have_numbers() {
    let _module = load(&[]).unwrap();
    let me = process::id();
    let text = read(&File::open(DEVICE).unwrap());
    assert!(text.contains(&format!("\npid {me} ")), "{text}");
    assert!(text.contains(&format!("\nvnr {me} ")), "{text}");
    let text = thread::Builder::new()
        .name("sub".to_owned())
        .spawn(|| read(&File::open(DEVICE).unwrap()))
        .unwrap()
        .join()
        .unwrap();
    has(&text, "comm sub");
    assert!(text.contains(&format!("\npid {me} ")), "{text}");
    assert!(!text.contains(&format!("\npid {me} {me}\n")), "{text}");
    // In a namespace of its own it is the first.
    let text = as_user(&["pidns", "open", DEVICE, "read"]);
    has(&text, "vnr 1 1");
    has(&text, "self 1");
    assert!(!text.contains("\npid 1 "), "{text}");
}

#[test]
fn a_long_name_is_cut() {
    let _module = load(&[]).unwrap();
    let text = as_user(&["name", "open", DEVICE, "read"]);
    has(&text, "comm quite a long na");
}

#[test]
fn flags_are_those_of_open() {
    const O_APPEND: i32 = 0o2000;
    const O_NONBLOCK: i32 = 0o4000;
    const O_DSYNC: i32 = 0o1_0000;
    const O_NOATIME: i32 = 0o100_0000;
    const O_SYNC: i32 = 0o401_0000;
    let _module = load(&[]).unwrap();
    for (flags, line) in [
        (0, "flags"),
        (O_APPEND, "flags append"),
        (O_NONBLOCK, "flags nonblock"),
        (O_DSYNC, "flags dsync"),
        (O_SYNC, "flags dsync sync"),
        (
            O_APPEND | O_NONBLOCK | O_SYNC | O_NOATIME,
            "flags append nonblock dsync sync noatime",
        ),
    ] {
        let mut options = OpenOptions::new();
        let file = options.read(true).custom_flags(flags).open(DEVICE).unwrap();
        has(&read(&file), line);
    }
}

#[test]
fn the_mode_is_that_of_open() {
    let _module = load(&[]).unwrap();
    let mut options = OpenOptions::new();
    let file = options.read(true).open(DEVICE).unwrap();
    has(&read(&file), "mode (true, false) (true, false)");
    let mut file = options.write(true).open(DEVICE).unwrap();
    has(&read(&file), "mode (true, true) (true, true)");
    file.write_all(b"x").unwrap_err();
    fs::write(DEVICE, b"only written").unwrap();
}
