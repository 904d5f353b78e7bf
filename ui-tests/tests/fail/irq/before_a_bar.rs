// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[irq]
    irq: Irq<Raised>,
    #[bar(index = 0)]
    map: Bar<Map>,
}

struct Raised;

#[handlers]
impl IrqHandler for Raised {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u32,
}

fn main() {}
