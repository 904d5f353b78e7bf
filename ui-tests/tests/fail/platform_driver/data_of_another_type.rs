// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[platform_driver(of = ["acme,fan" => "one"])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Card;
    type Id = u32;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }
}

#[device]
#[derive(Default)]
struct Card {}

fn main() {}
