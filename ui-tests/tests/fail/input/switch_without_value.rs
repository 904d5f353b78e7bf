// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(keymap(KE_SW(1, SW_LID), KE_SW(2, SW_LID, 2), KE_IGNORE(3, KEY_WLAN)))]
    keys: Input,
}

fn main() {}
