// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(keymap())]
    keys: Input,
}

fn main() {}
