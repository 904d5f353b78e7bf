// SPDX-License-Identifier: GPL-2.0-only
//! Loops inside the kernel: a write of n bytes to minor k does operation k n times.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};

use crate::clock::{self, Costs, Method};

/// The operations, by minor.
const OPERATIONS: [&str; 12] = [
    "",
    "mutex lock+unlock",
    "spinlock lock+unlock",
    "box alloc+free",
    "parameter read",
    "pr_debug, off",
    "spinlock, bh",
    "spinlock, irqsave",
    "rwlock read",
    "rwlock write",
    "seqlock read",
    "per-CPU increment",
];

/// Turns of a loop.
const TURNS: usize = 1000;

pub fn measure() -> io::Result<()> {
    let _ours = kmod_test::load_named("bench_primitives", &[])?;
    let _twin = kmod_test::load_named("bench_primitives_c", &[])?;
    // The call without a loop, which is taken off the others.
    let empty = least(&costs(0)?);
    for (minor, operation) in OPERATIONS.iter().enumerate().skip(1) {
        let mut costs = costs(minor)?;
        for pair in &mut costs {
            *pair = [0, 1].map(|side| (pair[side] - empty[side]).max(0.0) / TURNS as f64);
        }
        clock::tell(operation, &costs);
    }
    write_parameter()
}

/// Of one write to this minor.
fn costs(minor: usize) -> io::Result<Costs> {
    let open = |name: &str| {
        let path = format!("/dev/{name}{minor}");
        OpenOptions::new().write(true).open(path)
    };
    let (ours, twin) = (open("bench_primitives")?, open("bench_primitives_c")?);
    let buffer = [0; TURNS];
    let turns = |mut file: &File| match file.write(&buffer)? {
        TURNS => Ok(()),
        n => Err(io::Error::other(format!("{n} of {TURNS} bytes"))),
    };
    clock::costs(Method::calls(1), [&ours, &twin], turns)
}

fn least(costs: &Costs) -> [f64; 2] {
    [0, 1].map(|side| costs.iter().map(|pair| pair[side]).fold(f64::MAX, f64::min))
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
        60,
        [&ours, &twin],
        |file| Ok(write(file)?),
    )
}
