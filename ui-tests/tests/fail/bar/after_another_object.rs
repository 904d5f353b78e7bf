// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Card {
    #[timer]
    tick: Timer<Tick>,
    #[bar(index = 0)]
    map: Bar<Map>,
}

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u32,
}

struct Tick;

#[handlers]
impl TimerHandler for Tick {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

fn main() {}
