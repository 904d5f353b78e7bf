// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/sold", mode = 0o444, capability = "CAP_SYS_ADMIN")]
    sold: AtomicU32,
}

fn main() {}
