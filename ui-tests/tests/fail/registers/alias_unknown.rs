// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    status: u32,
    #[rw(0x00, alias = statis)]
    first: u32,
    #[rw(0x04, alias = second)]
    second: u32,
}

fn main() {}
