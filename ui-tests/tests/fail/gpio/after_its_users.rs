// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Pump {
    #[timer]
    tick: Timer<Tick>,
    #[gpio]
    motor: GpioOutput<NoSleep>,
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Pump;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let _ = timer.instance().motor.set(true);
        Again::No
    }
}

fn main() {}
