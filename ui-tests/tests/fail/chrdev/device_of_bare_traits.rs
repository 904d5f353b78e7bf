// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

trait Watch {}

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[chrdev]
    ticket: Watch +,
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        Err(ENOMEM)
    }
}

fn main() {}
