// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has ports
#[kernel_module(name = "chip", license = "GPL")]
#[derive(Default)]
struct Chip {
    #[ports(base = 0x2e)]
    ports: PortRegion<Map>,
    #[ports(base = 0x4e)]
    indexed: PortRegion<Large, Indexed>,
}

#[registers(size = 8)]
struct Map {
    #[rw(0)]
    first: u64,
}

#[registers(size = 0x200)]
struct Large {
    #[rw(0x100)]
    first: u8,
}

fn read(chip: &Chip) -> u64 {
    chip.ports.read(Map::FIRST)
}

fn main() {}
