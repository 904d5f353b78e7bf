// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[pci_driver(ids = [(0x1234, 0x11e8)])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }

    fn resume(&self, card: &Card) -> Result {
        card.config.reset_function()
    }
}

#[device]
#[derive(Default)]
struct Card {
    #[bus]
    config: PciConfig,
}

fn main() {}
