// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc]
    ticket: Dispenser,
    #[sysfs]
    limits: AtomicU32,
    #[sysfs(group = "limits")]
    most: AtomicU32,
    // In other folders.
    #[sysfs(of = ticket, name = "limits")]
    of_device: AtomicU32,
    #[sysfs(of = ticket, group = "more", name = "most")]
    more: AtomicU32,
    #[sysfs(of = ticket, group = "more", name = "most")]
    twice: AtomicU32,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
