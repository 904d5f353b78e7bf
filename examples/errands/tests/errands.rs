// SPDX-License-Identifier: GPL-2.0-only
//! What is written is done in order, by the module and by its twin.

use std::fs::{self, OpenOptions};
use std::io::Write;

use kmod_test::{Loaded, errno, load, load_twin};

const EINVAL: i32 = 22;

/// One `write(2)`.
fn ask(name: &str, line: &str) -> Result<(), i32> {
    let counter = OpenOptions::new().write(true).open(format!("/proc/{name}"));
    errno(counter.unwrap().write_all(line.as_bytes()))
}

fn fetched(name: &str) -> String {
    fs::read_to_string(format!("/proc/{name}")).unwrap()
}

fn sides() -> [(&'static str, Loaded); 2] {
    [
        ("errands", load(&[]).unwrap()),
        ("errands_c", load_twin(&[]).unwrap()),
    ]
}

#[test]
fn who_reads_finds_all_done_in_order() {
    for (name, _module) in sides() {
        assert_eq!(fetched(name), "");
        let lines: Vec<String> = (0..8).map(|n| format!("thing {n}\n")).collect();
        for line in &lines {
            ask(name, line).unwrap();
        }
        assert_eq!(fetched(name), lines.concat(), "{name}");
    }
}

#[test]
fn what_is_too_long_is_refused_and_what_does_not_fit_is_left() {
    for (name, _module) in sides() {
        assert_eq!(ask(name, &"x".repeat(65)), Err(EINVAL), "{name}");
        for _ in 0..5 {
            ask(name, &"x".repeat(64)).unwrap();
        }
        assert_eq!(fetched(name).len(), 256, "{name}");
    }
}

#[test]
fn it_is_unloaded_while_errands_are_open() {
    for _ in 0..2 {
        for (name, module) in sides() {
            for _ in 0..4 {
                ask(name, "milk\n").unwrap();
            }
            drop(module);
        }
    }
}
