// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(perm = 0o644, on_change = Ticket::changed)]
        step: u32 = 1,
    ),
)]
#[derive(Default)]
struct Ticket;

impl Ticket {
    fn changed(&mut self, _step: u32) {}
}

fn main() {}
