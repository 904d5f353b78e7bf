// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[irq]
    queues: [Irq<Raised>; 4],
    #[irq(vector = 3)]
    link: Irq<Raised>,
}

struct Raised;

#[handlers]
impl IrqHandler for Raised {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

fn main() {}
