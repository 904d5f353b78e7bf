// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Chip {
    #[regmap(bus = i2c)]
    map: Regmap<Map>,
    #[regmap(bus = i2c, name = "wide")]
    wide: Regmap<Wide>,
}

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u8,
    #[rw(0x02)]
    second: u16,
}

#[registers(size = 1, word = u64)]
struct Wide {
    #[rw(0)]
    first: u64,
}

fn main() {}
