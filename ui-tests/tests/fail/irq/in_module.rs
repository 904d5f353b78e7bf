// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[irq]
    irq: Irq<Raised>,
}

impl KernelModule for Ticket {
    fn init(_params: &TicketParams) -> Result<Self> {
        Ok(Self {
            irq: Irq::new(Raised),
        })
    }
}

struct Raised;

#[handlers]
impl IrqHandler for Raised {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

fn main() {}
