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
    type Device = Ticket;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Ticket> {
        Ok(Ticket::default())
    }
}

fn main() {}
