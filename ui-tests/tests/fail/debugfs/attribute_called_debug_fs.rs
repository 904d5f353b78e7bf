// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[debug_fs(path = "ticket/sold")]
    sold: AtomicU32,
}

fn main() {}
