// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Counter {
    #[sysfs]
    power: AtomicU32,
}

fn main() {}
