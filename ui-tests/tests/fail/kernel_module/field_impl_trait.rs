// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    watch: impl Send + Sync,
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        Err(ENOMEM)
    }
}

fn main() {}
