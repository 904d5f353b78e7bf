// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Chip {
    #[timer]
    tick: Timer<Tick>,
    #[regmap(bus = i2c)]
    map: Regmap<Map>,
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

#[registers(size = 0x10)]
struct Map {
    #[rw(0x00)]
    first: u8,
}

fn main() {}
