// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x20)]
struct Map {
    #[rw(0x00, step = 8)]
    many: [u32; 4],
    #[ro(stride = 8)]
    without: [u32; 2],
}

fn main() {}
