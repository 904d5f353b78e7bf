// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has memory
#[kernel_module(name = "chip", license = "GPL")]
#[derive(Default)]
struct Chip {
    #[iomem(index = 0)]
    memory: IoMem<Map>,
}

#[registers(size = 2)]
struct Map {
    #[rw(0)]
    first: u8,
}

fn main() {}
