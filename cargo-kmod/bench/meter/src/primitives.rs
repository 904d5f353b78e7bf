// SPDX-License-Identifier: GPL-2.0-only
//! Loops inside the kernel: a write of n bytes to minor k does operation k n times.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};

use crate::clock::{self, Costs, Method};

/// The operations, by minor, and the turns of a loop: few where the task sleeps in each.
const OPERATIONS: [(&str, usize); 19] = [
    ("", TURNS),
    ("mutex lock+unlock", TURNS),
    ("spinlock lock+unlock", TURNS),
    ("box alloc+free", TURNS),
    ("parameter read", TURNS),
    ("pr_debug, off", TURNS),
    ("spinlock, bh", TURNS),
    ("spinlock, irqsave", TURNS),
    ("rwlock read", TURNS),
    ("rwlock write", TURNS),
    ("seqlock read", TURNS),
    ("per-CPU increment", TURNS),
    ("RCU read", TURNS),
    ("SRCU read", TURNS),
    ("work, queued and flushed", FEW),
    ("completion by a work, round trip", FEW),
    ("timer, armed", TURNS),
    ("completion by a timer, round trip", FEW),
    ("completion by a thread, round trip", FEW),
];

/// Turns of a loop.
const TURNS: usize = 1000;

/// Turns of one in which the task sleeps.
const FEW: usize = 60;

pub fn measure() -> io::Result<()> {
    let _ours = kmod_test::load_named("bench_primitives", &[])?;
    let _twin = kmod_test::load_named("bench_primitives_c", &[])?;
    // The call without a loop, which is taken off the others.
    let empty = clock::least(&costs(0, TURNS)?);
    for (minor, (operation, turns)) in OPERATIONS.iter().enumerate().skip(1) {
        let costs = costs(minor, *turns)?;
        clock::tell(operation, &clock::of_a_turn(&costs, empty, *turns));
    }
    write_parameter()
}

/// Of one write to this minor.
fn costs(minor: usize, turns: usize) -> io::Result<Costs> {
    let open = |name: &str| {
        let path = format!("/dev/{name}{minor}");
        OpenOptions::new().write(true).open(path)
    };
    let (ours, twin) = (open("bench_primitives")?, open("bench_primitives_c")?);
    let buffer = &[0; TURNS][..turns];
    let once = |mut file: &File| match file.write(buffer)? {
        n if n == turns => Ok(()),
        n => Err(io::Error::other(format!("{n} of {turns} bytes"))),
    };
    let warm = if turns < TURNS { 5 } else { 50 };
    clock::costs(Method { calls: 1, warm }, [&ours, &twin], once)
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
