// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

const LEAST: u32 = 100;
const MOST: u32 = 1;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step", range = LEAST..=MOST)]
    step: AtomicU32,
}

fn main() {}
