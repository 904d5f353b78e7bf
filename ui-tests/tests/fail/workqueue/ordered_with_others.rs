// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[workqueue(flags(ordered, unbound, cpu_intensive, sysfs), max_active = 1)]
    events: WorkQueue,
}

fn main() {}
