// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[timer(period = 10)]
    tick: Timer<Tick>,
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

fn main() {}
