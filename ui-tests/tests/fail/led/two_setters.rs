// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[led(name = "board::{index}", max_brightness = 0)]
    status: Led<Lamp>,
}

struct Lamp;

#[handlers]
impl LedOps for Lamp {
    fn brightness_set(&self, _led: &LedCall<'_, Self>, _brightness: u32) {}

    fn brightness_set_blocking(&self, _led: &LedCall<'_, Self>, _brightness: u32) -> Result {
        Ok(())
    }
}

fn main() {}
