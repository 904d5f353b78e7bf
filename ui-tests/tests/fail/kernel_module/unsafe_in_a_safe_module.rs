// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket;

impl Ticket {
    fn number() -> u32 {
        unsafe { core::mem::zeroed() }
    }
}

fn main() {}
