// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Chip {
    #[regmap(bus = i2c)]
    map: I2cClient,
}

fn main() {}
