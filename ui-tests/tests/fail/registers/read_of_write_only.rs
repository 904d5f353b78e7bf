// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[wo(0x00)]
    command: u32,
}

fn read(bar: &Bar<Map>) -> u32 {
    bar.read(Map::COMMAND)
}

fn main() {}
