// SPDX-License-Identifier: GPL-2.0-only
//! No token of the expansion is unsafe code of the user's.
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL", params(start: u32 = 1))]
#[derive(Default)]
struct Ticket {
    #[chrdev]
    ticket: Dispenser,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {
    let _start = Ticket::params().start();
}
