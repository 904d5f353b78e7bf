// SPDX-License-Identifier: GPL-2.0-only
//! What all tests of locks do.

use std::process::Child;

use kmod_test::{Kmsg, program};

/// A process of its own writes the number to the module's device.
pub fn write(number: u32) -> Child {
    let mut write = program("write");
    write.args(["/dev/vm_locks", &number.to_string()]);
    write.spawn().unwrap()
}

/// What the module says of two locks, one held in the other.
pub fn nested(number: u32) -> String {
    let mut log = Kmsg::mark().unwrap();
    assert!(write(number).wait().unwrap().success());
    let start = format!("vm_locks: {number}: ");
    let lines = log.lines().unwrap();
    let mut lines = lines.iter().filter_map(|line| line.strip_prefix(&start));
    lines.next().expect("the module says it").to_owned()
}
