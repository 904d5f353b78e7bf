// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[bar(index = 0)]
    map: Bar<Map>,
    #[bar(index = 0)]
    again: Bar<Map>,
}

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u32,
}

fn main() {}
