// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc]
    ticket: Dispenser,
    #[misc]
    other: Dispenser,
    #[sysfs(of = ticket)]
    sold: AtomicU32,
    #[sysfs(of = other, name = "sold")]
    elsewhere: AtomicU32,
    #[sysfs(of = ticket, name = "sold")]
    twice: AtomicU32,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
