// SPDX-License-Identifier: GPL-2.0-only
//! What a panic is: a line that tells its place, and the kernel's `BUG()`, of which the process that
//! called the module dies, and nobody else.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use kmod_test::{Kmsg, Record, expect_bug, is_loaded, load, program};

/// The signal of an Oops.
const SIGSEGV: i32 = 11;

/// A process of its own writes the number to the module's device.
fn write(number: u32) -> ExitStatus {
    let mut write = program("write");
    write.args(["/dev/vm_panic", &number.to_string()]);
    write.status().unwrap()
}

/// What is logged of a write that the process dies of: the module's line, then the kernel's.
fn died_of(number: u32) -> [Record; 2] {
    expect_bug().unwrap();
    let mut log = Kmsg::mark().unwrap();
    let status = write(number);
    assert_eq!(status.signal(), Some(SIGSEGV), "{status}");
    let mut records = log.records().unwrap().into_iter();
    let mut next = |start: &str| {
        let found = records.find(|record| record.text.starts_with(start));
        found.unwrap_or_else(|| panic!("no line begins with `{start}`"))
    };
    [next("vm_panic: panicked at "), next("kernel BUG at ")]
}

/// Holds that the write logs the place of `code` and this message.
fn panics(number: u32, code: &str, message: &str) {
    let source = include_str!("../src/lib.rs");
    let line = 1 + source.lines().position(|l| l.contains(code)).unwrap();
    let [record, _] = died_of(number);
    let place = format!("kmod-core/vm-tests/panic/src/lib.rs:{line}");
    assert_eq!(
        record.text,
        format!("vm_panic: panicked at {place}{message}")
    );
    assert_eq!(record.level, 0, "{record:?}");
}

#[test]
fn the_log_has_file_line_and_message() {
    let _module = load(&[]).unwrap();
    panics(1, "panic!(\"100%", ": 100% on purpose");
    panics(
        3,
        ".unwrap()",
        ": called `Option::unwrap()` on a `None` value",
    );
}

#[test]
fn a_message_with_values_is_left_out() {
    let _module = load(&[]).unwrap();
    panics(2, "panic!(\"number", "");
    panics(4, "TABLE[number]", "");
}

#[test]
fn nobody_else_is_touched() {
    let module = load(&[]).unwrap();
    let [_, bug] = died_of(1);
    assert!(bug.text.contains("bug.c:"), "{bug:?}");
    assert!(write(0).success(), "the device serves others");
    assert_eq!(module.refcount().unwrap(), 0, "its file was closed");
    module.unload().unwrap();
    assert!(!is_loaded("vm_panic"));
    drop(load(&[]).unwrap());
}
