// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "GPL")]
#[derive(Default)]
struct Watch {
    #[platform_driver(devices = 1)]
    driver: Driver,
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
    #[tracepoint(name = "signal_generate")]
    opens: Tracepoint<Opens>,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl TracepointHandler for Opens {
    fn hit(&self, _call: &TracepointCall<'_, Self>) {}
}

fn main() {}
