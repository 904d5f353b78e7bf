// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[wmi_driver(ids = ["7A1B3C5D-0001-4E0F-8A9B-112233445566"])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl WmiDriver for Driver {
    type Device = Block;

    fn probe(&self, _device: &WmiDevice<'_, Self>) -> Result<Block> {
        Ok(Block::default())
    }

    fn disconnect(&self, _block: &Block) {}

    fn notify_new(&self, _block: &Block, _event: &WmiEvent<'_>) {}
}

#[device]
#[derive(Default)]
struct Block {}

fn main() {}
