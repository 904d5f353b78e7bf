// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL", params(step: u32 = 1))]
struct Ticket;

impl KernelModule for Ticket {
    fn init(params: &TicketParams) -> Result<Self> {
        pr_info!("{}", params.stepp());
        Ok(Self)
    }
}

fn main() {}
