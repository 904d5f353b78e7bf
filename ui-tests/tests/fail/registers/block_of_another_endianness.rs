// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x20)]
struct Map {
    #[block(0x00)]
    big: Big,
}

#[registers(size = 0x10, endian = big)]
struct Big {
    #[rw(0x00)]
    first: u32,
}

fn main() {}
