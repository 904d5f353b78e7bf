// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 4, word = u16)]
struct Map {
    #[rw(0)]
    first: u8,
    #[rw(3)]
    last: u16,
    #[rw(4)]
    beyond: u16,
    #[rw(1, stride = 2)]
    far: [u16; 2],
    #[block(2)]
    block: Block,
}

#[registers(size = 2)]
struct Block {
    #[rw(0)]
    first: u8,
}

#[registers(size = 4, word = i16)]
struct Signed {
    #[rw(0)]
    first: u16,
}

fn main() {}
