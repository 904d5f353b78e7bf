// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[gpio_chip]
    none: GpioChip<Lines>,
    #[gpio_chip(lines = 0)]
    zero: GpioChip<Lines>,
    #[gpio_chip(ngpio = 513)]
    many: GpioChip<Lines>,
    #[gpio_chip(lines = 513)]
    more: GpioChip<Lines>,
    #[gpio_chip(lines = 1, names("pump", "valve"))]
    two: GpioChip<Lines>,
    #[gpio_chip(names("pump", pump, "pump", "", "a name that user space cannot see as a whole"))]
    names: GpioChip<Lines>,
    #[gpio_chip(names())]
    empty: GpioChip<Lines>,
    #[gpio_chip(lines = 1, can_sleep)]
    sleeps: GpioChip<Lines>,
    #[gpio_chip(lines = 1, can_sleep = 1)]
    sleeps_too: Lines,
}

struct Lines;

#[handlers]
impl GpioOps for Lines {
    fn get_direction(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<GpioDirection> {
        Ok(GpioDirection::In)
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<bool> {
        Ok(true)
    }
}

fn main() {}
