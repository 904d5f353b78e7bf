// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[pci_driver(ids = [(0x1234, 0x11e8)])]
    driver: u32,
}

fn main() {}
