// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 8)]
struct Map {
    #[rc(0, volatile = true)]
    causes: u8,
    #[w1c(1, volatile = false)]
    events: u8,
    #[ro(2, volatile = 1)]
    level: u8,
    #[block(4, volatile = true)]
    block: Block,
}

#[registers(size = 2)]
struct Block {
    #[rw(0)]
    first: u8,
}

fn main() {}
