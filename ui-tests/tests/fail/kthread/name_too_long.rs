// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[kthread(name = "sixteen_letters_")]
    poller: Kthread<Poller>,
    #[kthread]
    a_field_with_a_long_name: Kthread<Poller>,
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
