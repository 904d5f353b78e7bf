// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[hid_driver(ids = [(BUS_USB, 1, 2)])]
    ticket: Driver,
}

#[derive(Default)]
struct Driver {
    descriptor: [u8; 4],
}

#[handlers]
impl HidDriver for Driver {
    type Device = Keyboard;

    fn probe(&self, _device: &HidDevice<'_, Self>) -> Result<Keyboard> {
        Ok(Keyboard::default())
    }

    fn report_fixup<'r>(&self, _: &HidFixup<'_, Self>, _: &'r mut [u8]) -> &'r [u8] {
        &self.descriptor
    }
}

#[device]
#[derive(Default)]
struct Keyboard {}

fn main() {}
