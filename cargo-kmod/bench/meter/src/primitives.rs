// SPDX-License-Identifier: GPL-2.0-only
//! Loops inside the kernel: a write of n bytes to minor k does operation k n times.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};

use crate::clock;

/// The operations, by minor.
const OPERATIONS: [&str; 6] = [
    "",
    "mutex lock+unlock",
    "spinlock lock+unlock",
    "box alloc+free",
    "parameter read",
    "pr_debug, off",
];

/// Turns of a loop.
const TURNS: usize = 1000;

pub fn measure() -> io::Result<()> {
    let _ours = kmod_test::load_named("bench_primitives", &[])?;
    let _twin = kmod_test::load_named("bench_primitives_c", &[])?;
    // The call without a loop, which is taken off the others.
    let empty = [cost(0, 0)?, cost(1, 0)?];
    for (minor, operation) in OPERATIONS.iter().enumerate().skip(1) {
        let cost = [cost(0, minor)?, cost(1, minor)?];
        let [ours, twin] =
            [0, 1].map(|side| cost[side].saturating_sub(empty[side]) as f64 / TURNS as f64);
        clock::tell(operation, ours, twin);
    }
    write_parameter()
}

/// Instructions of one write to this minor, of the module's or the twin's.
fn cost(side: usize, minor: usize) -> io::Result<u64> {
    let name = ["bench_primitives", "bench_primitives_c"][side];
    let mut file = OpenOptions::new()
        .write(true)
        .open(format!("/dev/{name}{minor}"))?;
    let buffer = [0; TURNS];
    let mut least = u64::MAX;
    for _ in 0..20 {
        let start = clock::now();
        let written = file.write(&buffer)?;
        least = least.min(clock::now() - start);
        assert_eq!(written, TURNS);
    }
    Ok(least)
}

fn write_parameter() -> io::Result<()> {
    let open = |name: &str| -> io::Result<File> {
        OpenOptions::new()
            .write(true)
            .open(format!("/sys/module/{name}/parameters/step"))
    };
    let write = |file: &File| rustix::io::pwrite(file, b"7", 0).map(drop);
    let (ours, twin) = (open("bench_primitives")?, open("bench_primitives_c")?);
    clock::compare(
        "parameter write through sysfs",
        200,
        || Ok(write(&ours)?),
        || Ok(write(&twin)?),
    )
}
