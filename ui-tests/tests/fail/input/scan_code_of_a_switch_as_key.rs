// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(keymap(KE_KEY(1, SW_LID), KE_VSW(2, KEY_WLAN)))]
    keys: Input,
}

fn main() {}
