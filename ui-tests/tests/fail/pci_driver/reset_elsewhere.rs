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

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        in_another_task(pci);
        Ok(Card::default())
    }
}

#[device]
#[derive(Default)]
struct Card {}

fn in_another_task<T: Sync>(_pci: &T) {}

fn main() {}
