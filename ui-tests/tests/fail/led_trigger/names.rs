// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[led_trigger(name = "[busy]")]
    one: LedTrigger,
    #[led_trigger(name = "a trigger")]
    two: LedTrigger,
    #[led_trigger(name = "a_name_that_is_longer_than_a_trigger_can_have_it_51")]
    three: LedTrigger,
    #[led_trigger]
    none: LedTrigger,
    #[led_trigger(name = "none")]
    four: LedTrigger,
    #[led_trigger(name = "same")]
    five: LedTrigger,
    #[led_trigger(name = "same")]
    six: LedTrigger,
    #[led_trigger(brightness = 3)]
    seven: LedTrigger,
    #[led_trigger]
    eight: u32,
}

fn main() {}
