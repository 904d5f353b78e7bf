// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs(group = "parameters")]
    of_the_kernels: AtomicU32,
    #[sysfs(group = "limits/low")]
    two_folders: AtomicU32,
    #[sysfs(group = "")]
    none: AtomicU32,
    #[sysfs(folder = "limits")]
    another_word: AtomicU32,
    // In a group of one's own, the kernel has none.
    #[sysfs(group = "limits")]
    refcnt: AtomicU32,
}

fn main() {}
