// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL", params(/** How many */ devices: u32 = 1))]
#[derive(Default)]
struct Ticket {
    #[chrdev(minors = devices)]
    ticket: Dispenser,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
