// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[proc(path = "ticket/sold", capability = "CAP_SYS_ADMINS")]
    sold: AtomicU32,
    #[proc(path = "ticket/left", capability = "sys_time")]
    left: AtomicU32,
    #[proc(path = "ticket/lost", capability = "root")]
    lost: AtomicU32,
}

fn main() {}
