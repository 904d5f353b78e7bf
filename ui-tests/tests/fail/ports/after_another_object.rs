// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has ports
#[kernel_module(name = "chip", license = "GPL")]
#[derive(Default)]
struct Chip {
    #[timer]
    tick: Timer<Tick>,
    #[ports(base = 0x2e)]
    ports: PortRegion<Map>,
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Module = Chip;

    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

#[registers(size = 2)]
struct Map {
    #[rw(0)]
    first: u8,
}

fn main() {}
