// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[param(perm = 0o644)]
    step: u32,
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        loop {}
    }
}

fn main() {}
