// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[wmi_driver]
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
