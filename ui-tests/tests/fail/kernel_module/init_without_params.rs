// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket;

impl KernelModule for Ticket {
    fn init() -> Result<Self> {
        Ok(Self)
    }
}

fn main() {}
