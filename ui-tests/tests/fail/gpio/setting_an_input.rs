// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Pump {
    #[gpio]
    full: GpioInput,
}

fn empty(pump: &Pump) -> Result {
    pump.full.set(false)
}

fn main() {}
