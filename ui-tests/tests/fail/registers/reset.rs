// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[registers(size = 0x20)]
struct Map {
    #[rw(0x00, reset = 0x100)]
    narrow: u8,
    #[rw(0x08, reset = 0x1_0000_0000_0000_0000)]
    wide: u64,
    #[w1c(0x10, reset = 1)]
    events: u32,
}

#[registers(size = 0x20)]
struct OneName {
    #[rw(0x14, reset = 1)]
    mode: u32,
    #[rw(0x18)]
    mode_reset: u32,
}

fn main() {}
