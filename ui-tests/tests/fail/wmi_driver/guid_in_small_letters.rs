// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[wmi_driver(ids = ["7a1b3c5d-0001-4e0f-8a9b-112233445566"])]
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
}

#[device]
#[derive(Default)]
struct Block {}

fn main() {}
