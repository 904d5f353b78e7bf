// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[i2c_driver(ids = ["ticket"])]
    ticket: u32,
}

fn main() {}
