// SPDX-License-Identifier: GPL-2.0-only
//! A card that has fewer bells than the others, and what no card has.

use kmod_core::prelude::*;

#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[irq(kinds(msix))]
    bells: [Irq<Bell>; 2],
    #[sysfs]
    counts: [AtomicU32; 2],
}

#[derive(Default)]
struct Bell;

#[handlers]
impl IrqHandler for Bell {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        irq.instance().counts[irq.index()].fetch_add(1, Ordering::Relaxed);
        IrqReturn::Handled
    }
}

/// More memory than is shared.
#[registers(size = 0x10_0004)]
struct Longer {
    #[rw(0x10_0000)]
    beyond: u32,
}

#[device]
#[derive(Default)]
pub(crate) struct TooLong {
    #[bar(index = 2)]
    memory: Bar<Longer>,
}

#[expect(dead_code, reason = "it is here to be compiled")]
fn beyond(card: &TooLong) -> u32 {
    card.memory.read(Longer::BEYOND)
}
