// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "Proprietary")]
#[derive(Default)]
struct Ticket {
    #[usb_driver(ids = [(0x1234, 1)])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl UsbDriver for Driver {
    type Device = Lamp;

    fn probe(&self, _device: &UsbDevice<'_, Self>) -> Result<Lamp> {
        Ok(Lamp::default())
    }
}

#[device]
#[derive(Default)]
struct Lamp {}

fn main() {}
