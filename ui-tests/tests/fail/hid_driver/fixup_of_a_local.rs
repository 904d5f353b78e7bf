// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[hid_driver(ids = [(BUS_USB, 1, 2)])]
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

    fn report_fixup<'r>(&self, _: &HidFixup<'_, Self>, _: &'r mut [u8]) -> &'r [u8] {
        let other = [0x05, 0x01, 0x09, 0x06];
        &other
    }
}

#[device]
#[derive(Default)]
struct Keyboard {}

fn main() {}
