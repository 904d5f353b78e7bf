// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    next: *mut u32,
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        Ok(Self { next: core::ptr::null_mut() })
    }
}

fn main() {}
