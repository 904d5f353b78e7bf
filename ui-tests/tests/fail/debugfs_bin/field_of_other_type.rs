// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[debugfs_bin(path = "ticket/rom")]
    rom: u32,
}

fn main() {}
