// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x20)]
struct Map {
    #[block(0x00)]
    none: u32,
}

fn main() {}
