// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[pci_driver(ids = [])]
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
}

#[device]
#[derive(Default)]
struct Card {}

fn main() {}
