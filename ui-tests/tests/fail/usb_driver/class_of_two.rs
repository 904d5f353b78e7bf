// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[usb_driver(ids = [(class(0xff, 1)), (0x1234, 1, interface(1), class(1, 1, 1))])]
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
