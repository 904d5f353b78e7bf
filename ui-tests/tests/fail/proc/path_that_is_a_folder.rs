// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[proc(path = "ticket")]
    sold: AtomicU32,
    #[proc(path = "ticket/sold")]
    other: AtomicU8,
}

fn main() {}
