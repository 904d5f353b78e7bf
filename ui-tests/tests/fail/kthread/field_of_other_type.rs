// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[kthread]
    poller: u64,
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
