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

    fn error_detected(&self, _card: &Card) {}

    fn reset_notify(&self, _card: &Card) {}

    fn reset_done(&mut self, _card: &Card) {}
}

#[device]
#[derive(Default)]
struct Card {}

fn main() {}
