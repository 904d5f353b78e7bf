// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[spi_driver(ids = ["a-converter-of-voltages-and-more", "two words", "ours" => 3])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl SpiDriver for Driver {
    type Device = Chip;

    fn probe(&self, _device: &SpiDevice<'_, Self>) -> Result<Chip> {
        Ok(Chip::default())
    }
}

#[device]
#[derive(Default)]
struct Chip {}

fn main() {}
