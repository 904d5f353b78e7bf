// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(range = 1..=100)]
        step: u32 = 0,
    ),
)]
#[derive(Default)]
struct Ticket;

fn main() {}
