// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[proc(path = "ticket/all")]
    all: AtomicU32,
    #[sysfs(of = all)]
    sold: AtomicU32,
    #[sysfs(of = left)]
    left: AtomicU32,
    #[sysfs(of = plain)]
    lost: AtomicU32,
    plain: AtomicU32,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
