// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs(capability = "CAP_SYS_TIMES")]
    sold: AtomicU32,
    #[debugfs(path = "ticket/left", capability = "sys_rawio")]
    left: AtomicU32,
    #[debugfs(path = "ticket/lost", capability = CAP_SYS_RAWIO)]
    lost: AtomicU32,
}

fn main() {}
