// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Chip {
    #[regmap(bus = i2c)]
    map: Regmap<Map>,
    #[regmap(bus = i2c, name = "fits", reg_bits = 16)]
    fits: Regmap<Map>,
}

#[registers(size = 0x101)]
struct Map {
    #[rw(0x100)]
    last: u8,
}

fn main() {}
