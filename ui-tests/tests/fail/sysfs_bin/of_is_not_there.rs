// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc]
    ticket: Dispenser,
    #[sysfs_bin(of = tiket)]
    rom: Mutex<[u8; 16]>,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
