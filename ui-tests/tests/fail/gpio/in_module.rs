// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has a line
#[kernel_module(name = "pump", license = "GPL")]
#[derive(Default)]
struct Pump {
    #[gpio]
    motor: GpioOutput,
}

fn main() {}
