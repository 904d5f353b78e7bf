// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[kthread(nice = 20)]
    poller: Kthread<Poller>,
    #[kthread(nice = -21, cpu = 8192)]
    other: Kthread<Poller>,
}

#[derive(Default)]
struct Poller;

#[handlers]
impl KthreadHandler for Poller {
    fn run(&self, _stop: &Stop<'_, Self>) -> Result {
        Ok(())
    }
}

fn main() {}
