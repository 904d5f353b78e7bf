// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[hid_driver(ids = [(BUS_USB, 1, 2)], connect(hidraw), force_feedback(FF_RUMBLE))]
    ticket: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl HidDriver for Driver {
    type Device = Pad;

    fn probe(&self, _device: &HidDevice<'_, Self>) -> Result<Pad> {
        Ok(Pad::default())
    }

    fn play_effect(&self, _pad: &Pad, _effect: input::FfEffect) {}
}

#[device]
#[derive(Default)]
struct Pad {}

fn main() {}
