// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[usb_driver(ids = [(0x1234, 0x5678)])]
    ticket: u32,
}

fn main() {}
