// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[timer]
    tick: Timer<Tick>,
}

struct Other;

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Other;

    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

fn main() {}
