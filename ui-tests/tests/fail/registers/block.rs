// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x20)]
struct Map {
    #[block(0x00, reset = 1)]
    reset: Wide,
    #[block(0x14)]
    late: Wide,
    #[block(0x0c)]
    askew: Wide,
}

#[registers(size = 0x10)]
struct Wide {
    #[rw(0x00)]
    first: u64,
}

fn main() {}
