// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs(name = "sold")]
    sold: AtomicU32,
    #[sysfs(name = "sold")]
    other: AtomicU32,
}

fn main() {}
