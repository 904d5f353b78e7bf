// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Pump {
    #[gpio(high = true)]
    full: GpioInput,
    #[gpio(high = true)]
    wire: GpioLine,
    #[gpio]
    none: [GpioOutput; 0],
}

fn main() {}
