// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Pump {
    #[gpio(line = 3)]
    of_no_chip: GpioOutput,
    #[gpio(chip = "relays")]
    of_no_number: GpioOutput,
    #[gpio(chip = "relays", line = 512)]
    beyond: GpioOutput,
    #[gpio(chip = "", line = 0)]
    of_an_empty_one: GpioOutput,
    #[gpio(con_id = "reset")]
    in_other_words: GpioOutput,
    #[gpio(name = "reset-of-the-whole-machine")]
    long: GpioOutput,
    #[gpio(name = "a b")]
    two_words: GpioOutput,
    #[gpio(name = "full")]
    first: GpioInput,
    #[gpio(name = "full")]
    second: GpioInput,
}

fn main() {}
