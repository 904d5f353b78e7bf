// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step", on_change = changed)]
    step: AtomicU32,
}

fn changed(_step: u32) {}

fn main() {}
