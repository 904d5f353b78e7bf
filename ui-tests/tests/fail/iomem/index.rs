// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Chip {
    #[iomem]
    missing: IoMem<Map>,
    #[iomem(index = 256)]
    beyond: IoMem<Map>,
    #[iomem(index = 1)]
    first: IoMem<Map>,
    #[iomem(index = 1)]
    second: IoMem<Map>,
}

#[registers(size = 2)]
struct Map {
    #[rw(0)]
    first: u8,
}

fn main() {}
