// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[hid_driver(ids = [(BUS_BLUETOTH, 0x1234, 0x5678), (usb, 1, 2), (BUS_PCI, 1, 2)])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl HidDriver for Driver {
    type Device = Keyboard;

    fn probe(&self, _device: &HidDevice<'_, Self>) -> Result<Keyboard> {
        Ok(Keyboard::default())
    }
}

#[device]
#[derive(Default)]
struct Keyboard {}

fn main() {}
