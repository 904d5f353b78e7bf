// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[rw(0x10)]
    first: u32,
    #[rw(0x0c)]
    many: [u32; 2],
}

fn main() {}
