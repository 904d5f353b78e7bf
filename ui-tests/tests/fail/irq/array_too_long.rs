// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[irq(vector = 2000)]
    queues: [Irq<Raised>; 100],
}

struct Raised;

#[handlers]
impl IrqHandler for Raised {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

fn main() {}
