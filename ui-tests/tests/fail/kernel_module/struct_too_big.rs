// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    first: [u64; 100],
    second: [u64; 100],
    third: [u64; 100],
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        Ok(Self {
            first: [0; 100],
            second: [0; 100],
            third: [0; 100],
        })
    }
}

fn main() {}
