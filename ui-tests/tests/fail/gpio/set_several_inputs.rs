// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Panel {
    #[gpio]
    buttons: [GpioInput; 4],
    #[gpio]
    lamps: [GpioOutput; 4],
}

fn show(panel: &Panel) -> Result {
    panel.buttons.set_array_value([true; 4])?;
    panel.lamps.set_array_value([true; 3])
}

fn main() {}
