// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has ports
#[kernel_module(name = "chip", license = "GPL")]
#[derive(Default)]
struct Chip {
    #[ports]
    ports: PortRegion<Map>,
    #[ports(base = 0)]
    zero: PortRegion<Map>,
    #[ports(base = 0x1_0000)]
    beyond: PortRegion<Map>,
}

#[registers(size = 2)]
struct Map {
    #[rw(0)]
    first: u8,
}

fn main() {}
