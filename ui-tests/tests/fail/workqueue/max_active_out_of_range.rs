// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[workqueue(max_active = 0)]
    events: WorkQueue,
    #[workqueue(max_active = 513)]
    others: WorkQueue,
}

fn main() {}
