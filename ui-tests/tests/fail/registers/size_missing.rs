// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers]
struct Map {
    #[rw(0x00)]
    first: u32,
}

fn main() {}
