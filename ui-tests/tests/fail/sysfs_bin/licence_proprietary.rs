// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "Proprietary")]
#[derive(Default)]
struct Ticket {
    #[sysfs_bin]
    rom: [AtomicU8; 4],
}

fn main() {}
