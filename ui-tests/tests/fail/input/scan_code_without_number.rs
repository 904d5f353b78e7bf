// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(keymap(KE_KEY(KEY_WLAN), KE_IGNORE(-1), KE_IGNORE(0x1_0000_0000)))]
    keys: Input,
}

fn main() {}
