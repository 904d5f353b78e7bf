// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step", mode = 0o666)]
    step: AtomicU32,
}

fn main() {}
