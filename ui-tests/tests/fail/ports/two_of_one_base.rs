// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has ports
#[kernel_module(name = "chip", license = "GPL")]
#[derive(Default)]
struct Chip {
    #[ports(base = 0x2e)]
    first: PortRegion<Map>,
    #[ports(base = 46)]
    second: PortRegion<Map, Indexed>,
}

#[registers(size = 2)]
struct Map {
    #[rw(0)]
    first: u8,
}

fn main() {}
