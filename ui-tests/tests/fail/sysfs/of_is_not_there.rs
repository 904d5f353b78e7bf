// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc]
    ticket: Dispenser,
    #[sysfs(of = tickets)]
    sold: AtomicU32,
    #[sysfs(of = somewhere)]
    left: AtomicU32,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
