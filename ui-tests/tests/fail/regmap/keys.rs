// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Chip {
    #[regmap]
    on_no_bus: Regmap<Map>,
    #[regmap(bus = usb, name = "a")]
    on_another_bus: Regmap<Map>,
    #[regmap(bus = i2c, name = "b", reg_bits = 12)]
    odd: Regmap<Map>,
    #[regmap(bus = i2c, name = "c", pad_bits = 4)]
    half: Regmap<Map>,
    #[regmap(bus = spi, name = "d", read_flag = 0x1_0000_0000)]
    wide: Regmap<Map>,
    #[regmap(bus = spi, name = "a/b")]
    below: Regmap<Map>,
    #[regmap(bus = spi, cache_type = rbtree)]
    in_other_words: Regmap<Map>,
    #[regmap(bus = i2c, name = "e")]
    first: Regmap<Map>,
    #[regmap(bus = i2c, name = "e")]
    second: Regmap<Map>,
}

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u8,
}

fn main() {}
