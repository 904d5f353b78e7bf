// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u32,
}

#[registers(size = 0x20)]
struct Other {
    #[rw(0x10)]
    first: u32,
}

fn read(bar: &Bar<Map>) -> u32 {
    bar.read(Other::FIRST)
}

fn main() {}
