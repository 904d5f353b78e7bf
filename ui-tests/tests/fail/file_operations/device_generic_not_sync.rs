// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc]
    ticket: Dispenser<core::cell::Cell<u32>>,
}

#[derive(Default)]
struct Dispenser<T>(T);

#[file_operations]
impl<T: 'static> FileOperations for Dispenser<T> {}

fn main() {}
