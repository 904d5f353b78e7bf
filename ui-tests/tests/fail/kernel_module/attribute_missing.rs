// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Ticket;

impl KernelModule for Ticket {
    fn init(_params: &()) -> Result<Self> {
        Ok(Self)
    }
}

fn main() {}
