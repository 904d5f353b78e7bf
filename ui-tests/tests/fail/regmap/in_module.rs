// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[regmap(bus = i2c)]
    map: Regmap<Map>,
}

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u8,
}

fn main() {}
