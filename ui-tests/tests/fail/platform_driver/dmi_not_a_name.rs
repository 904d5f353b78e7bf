// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[platform_driver(dmi = "Nimbus 3", devices = 1)]
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
struct Card {}

fn main() {}
