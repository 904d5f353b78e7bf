// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[workqueue(flags(unbounded, WQ_HIGHPRI, reclaim_memory, percpu))]
    events: WorkQueue,
}

fn main() {}
