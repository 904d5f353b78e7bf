// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[i2c_driver(ids = ["a-thermometer-of-ours", "two words", "ours" => 3])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl I2cDriver for Driver {
    type Device = Chip;

    fn probe(&self, _device: &I2cDevice<'_, Self>) -> Result<Chip> {
        Ok(Chip::default())
    }
}

#[device]
#[derive(Default)]
struct Chip {}

fn main() {}
