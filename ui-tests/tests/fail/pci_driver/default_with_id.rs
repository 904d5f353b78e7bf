// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[pci_driver(ids = [(0x1234, 0x11e8) => 5])]
    ticket: DefaultDriver<Card>,
}

#[device]
#[derive(Default)]
struct Card {
    number: AtomicU32,
}

fn main() {}
