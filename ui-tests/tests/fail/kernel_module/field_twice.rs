// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[misc]
    a: Device,
    #[misc]
    a: Device,
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        loop {}
    }
}

struct Device;

#[file_operations]
impl FileOperations for Device {}

fn main() {}
