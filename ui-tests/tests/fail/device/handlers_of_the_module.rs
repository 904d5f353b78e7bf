// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[platform_driver(devices = 1)]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Card;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }
}

#[device]
#[derive(Default)]
struct Card {
    #[misc(name = "card{index}")]
    node: Node,
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Ticket;

    fn write(&self, _file: &File<'_, Self>, _from: &mut UserReader<'_>, _pos: u64) -> Result {
        Ok(())
    }
}

fn main() {}
