// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step", on_change = Ticket::changed)]
    step: AtomicU32,
}

impl Ticket {
    fn changed(&mut self) {}
}

fn main() {}
