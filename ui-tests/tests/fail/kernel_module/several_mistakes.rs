// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket-machine",
    licence = "GPL",
    params(
        #[param(range = 1..=100)]
        step: u32 = 0,
        ratio: f32 = 0.5,
    ),
)]
struct Ticket {
    #[chrdev(mode = 644)]
    ticket: Dispenser,
    #[sysctl(path = "step")]
    step: AtomicU32,
}

impl KernelModule for Ticket {
    fn init(params: &TicketParams) -> Result<Self> {
        let _ratio: f32 = params.ratio();
        Ok(Self {
            ticket: Dispenser,
            step: AtomicU32::new(params.step()),
        })
    }
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
