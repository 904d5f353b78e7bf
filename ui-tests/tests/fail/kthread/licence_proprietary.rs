// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "Proprietary")]
#[derive(Default)]
struct Ticket {
    #[kthread]
    poller: Kthread<Poller>,
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
