// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(range = 1..=256)]
        step: u8 = 1,
    ),
)]
#[derive(Default)]
struct Ticket;

fn main() {}
