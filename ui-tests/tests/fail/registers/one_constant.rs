// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u32,
    #[rw(0x04)]
    FIRST: u32,
}

fn main() {}
