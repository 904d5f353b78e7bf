// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs_bin(mode = 0o666)]
    rom: [AtomicU8; 4],
    #[sysfs_bin(mode = 0o040)]
    ram: [AtomicU8; 4],
}

fn main() {}
