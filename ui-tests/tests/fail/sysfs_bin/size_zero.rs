// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs_bin(size = 0)]
    rom: [AtomicU8; 4],
    #[sysfs_bin(size = 0x8000_0000_0000_0000)]
    ram: [AtomicU8; 4],
}

fn main() {}
