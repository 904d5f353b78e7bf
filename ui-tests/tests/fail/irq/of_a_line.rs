// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Pump {
    #[gpio]
    motor: GpioOutput,
    #[gpio]
    full: [GpioInput; 2],
    #[gpio]
    empty: GpioInput,
    count: AtomicU32,
    #[irq(gpio = motor, edge = both)]
    of_an_output: Irq<Raised>,
    #[irq(gpio = full, edge = rising)]
    of_one_of_two: Irq<Raised>,
}

#[device]
#[derive(Default)]
struct Tank {
    #[gpio]
    empty: GpioInput,
    count: AtomicU32,
    #[irq(gpio = missing, edge = both)]
    of_none: Irq<Raised>,
    #[irq(gpio = count, edge = both)]
    of_a_number: Irq<Raised>,
    #[irq(gpio = empty)]
    at_no_edge: Irq<Raised>,
    #[irq(gpio = empty, edge = up)]
    at_another: Irq<Raised>,
    #[irq(edge = both)]
    of_nothing: Irq<Raised>,
    #[irq(gpio = empty, edge = both, index = 1)]
    of_two_things: Irq<Raised>,
    #[irq(gpio = empty, edge = falling)]
    first: Irq<Raised>,
    #[irq(gpio = empty, edge = rising)]
    second: Irq<Raised>,
}

#[derive(Default)]
struct Raised;

#[handlers]
impl IrqHandler for Raised {
    fn thread(&self, _irq: &IrqCall<'_, Self>) {}
}

fn main() {}
