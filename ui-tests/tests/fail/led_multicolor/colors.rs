// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[led_multicolor]
    one: LedMulticolor<Lamp>,
    #[led_multicolor(colors(red, green, bleu, red))]
    two: LedMulticolor<Lamp>,
    #[led_multicolor(colors())]
    three: LedMulticolor<Lamp>,
    #[led_multicolor(name = "board::{index}", colors(rgb), max_brightness = 0)]
    four: LedMulticolor<Lamp>,
    #[led(name = "board::{index}")]
    five: Led<Lamp>,
}

struct Lamp;

#[handlers]
impl LedMulticolorOps for Lamp {
    fn brightness_get(&self, _led: &LedMulticolorCall<'_, Self>) -> Result<u32> {
        Ok(0)
    }
}

fn main() {}
