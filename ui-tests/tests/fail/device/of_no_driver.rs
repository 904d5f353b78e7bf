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
    #[misc]
    card: Node,
}

/// Nothing says that it is a driver's.
#[device]
#[derive(Default)]
struct OtherCard {
    #[misc]
    other: Node,
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {}

/// This one is, but the driver is nowhere a field.
#[device]
#[derive(Default)]
struct ThirdCard {
    number: AtomicU32,
}

#[derive(Default)]
struct Unused;

#[handlers]
impl PlatformDriver for Unused {
    type Device = ThirdCard;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<ThirdCard> {
        Ok(ThirdCard::default())
    }
}

fn main() {}
