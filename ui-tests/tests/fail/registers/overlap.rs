// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x20)]
struct Map {
    #[rw(0x00)]
    first: u32,
    #[ro(0x02)]
    second: u16,
    #[ro(0x08)]
    status: u32,
    #[wo(0x08)]
    command: u32,
    #[wo(0x10)]
    many: [u16; 4],
    #[wo(0x14)]
    third: u32,
}

fn main() {}
