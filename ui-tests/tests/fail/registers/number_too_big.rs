// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::io::{ReadWrite, Register};
use kmod_core::prelude::*;

#[registers(size = 0x20)]
struct Map {
    #[rw(0x00)]
    many: [u32; 4],
}

const LAST: Register<Map, u32, ReadWrite> = Map::MANY.nth::<4>();

fn main() {}
