// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc(capability = CAP_SYS_ADMIN)]
    one: Dispenser,
    #[misc(capability = "CAP_NET_ADMN")]
    two: Dispenser,
    #[misc(cap = "CAP_NET_ADMIN")]
    three: Dispenser,
}

#[derive(Default)]
struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {}

fn main() {}
