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
    #[kprobe(symbol = "do_sys_openat2")]
    opens: Kprobe<Opens>,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl KprobeHandler for Opens {
    fn entered(&self, _call: &KprobeCall<'_, Self>) {}
}

fn main() {}
