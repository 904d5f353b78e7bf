// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    table: [u64; 1024],
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        Ok(Self { table: [0; 1024] })
    }
}

fn main() {}
