// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Pump {
    #[gpio]
    motor: AtomicBool,
    #[gpio]
    full: GpioInput<bool>,
}

fn main() {}
