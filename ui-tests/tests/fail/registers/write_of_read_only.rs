// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[ro(0x00)]
    status: u32,
}

fn write(bar: &Bar<Map>) {
    bar.write(Map::STATUS, 1);
}

fn main() {}
