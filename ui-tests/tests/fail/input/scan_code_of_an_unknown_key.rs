// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(keymap(KE_KEY(1, KEY_WIFI)))]
    keys: Input,
}

fn main() {}
