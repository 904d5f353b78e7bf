// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs(group = "raw", name = "rom")]
    sold: AtomicU32,
    #[sysfs_bin(group = "raw")]
    rom: Mutex<[u8; 16]>,
}

fn main() {}
