// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[timer]
    tick: Timer<Tick>,
    #[runtime_pm]
    power: RuntimePm,
}

struct Tick;

#[handlers]
impl TimerHandler for Tick {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

fn main() {}
