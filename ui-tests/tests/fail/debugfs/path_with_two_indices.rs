// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Counter {
    #[debugfs(path = "ticket{index}/sold{index}")]
    sold: AtomicU32,
}

fn main() {}
