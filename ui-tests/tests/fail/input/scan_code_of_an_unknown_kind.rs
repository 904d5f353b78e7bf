// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(keymap(KE_KEYS(1, KEY_WLAN), KE_LED(2)))]
    keys: Input,
}

fn main() {}
