// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[work(queue = events)]
    flush: Work<Flush>,
    #[workqueue]
    events: WorkQueue,
}

#[derive(Default)]
struct Flush;

#[handlers]
impl WorkHandler for Flush {
    fn run(&self, _work: &WorkCall<'_, Self>) {}
}

fn main() {}
