// SPDX-License-Identifier: GPL-2.0-only
/// Has lines.
#[device]
struct Pump {
    #[gpio]
    motor: GpioOutput,
    #[gpio(name = "reset", high = true, optional = true)]
    reset: GpioOutput<NoSleep>,
    #[gpio(name = "", chip = "relays", line = 4, active_low = true)]
    full: [GpioInput; 2],
    #[gpio]
    wire: GpioLine,
    #[irq(gpio = full, edge = falling)]
    filled: [Irq<Filled>; 2],
}

#[handlers]
impl IrqHandler for Filled {
    fn thread(&self, _irq: &IrqCall<'_, Self>) {}
}
