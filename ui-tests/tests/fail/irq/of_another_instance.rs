// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[irq]
    irq: Irq<Raised>,
}

#[device]
struct Other {}

struct Raised;

#[handlers]
impl IrqHandler for Raised {
    type Instance = Other;

    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

fn main() {}
