// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x80)]
struct Map {
    #[rw(0x00, stride = 8)]
    low: [u32; 4],
    #[rw(0x04, stride = 8)]
    high: [u32; 4],
    #[rw(0x10)]
    third: u32,
    #[block(0x20, stride = 0x20)]
    blocks: [Block; 2],
    #[rw(0x30)]
    between: u32,
    #[rw(0x40)]
    inside: u32,
}

#[registers(size = 0x10)]
struct Block {
    #[rw(0x00)]
    first: u32,
}

fn main() {}
