// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has lines
#[kernel_module(name = "lines", license = "Proprietary")]
#[derive(Default)]
struct Module {
    #[gpio_chip(lines = 1)]
    chip: GpioChip<Outputs>,
}

#[derive(Default)]
struct Nothing;

#[handlers]
impl GpioOps for Nothing {
    fn get_direction(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<GpioDirection> {
        Ok(GpioDirection::In)
    }
}

#[derive(Default)]
struct Outputs;

#[handlers]
impl GpioOps for Outputs {
    fn direction_output(&self, _chip: &GpioCall<'_, Self>, _offset: u32, _value: bool) -> Result {
        Ok(())
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<bool> {
        Ok(true)
    }
}

#[derive(Default)]
struct Undirected;

#[handlers]
impl GpioOps for Undirected {
    fn set(&self, _chip: &GpioCall<'_, Self>, _offset: u32, _value: bool) -> Result {
        Ok(())
    }

    fn get_value(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<bool> {
        Ok(true)
    }
}

fn main() {}
