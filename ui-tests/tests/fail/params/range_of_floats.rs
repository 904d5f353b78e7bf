// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(range = 0.0..=1.0)]
        step: u32 = 1,
    )
)]
struct Ticket;

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        loop {}
    }
}

fn main() {}
