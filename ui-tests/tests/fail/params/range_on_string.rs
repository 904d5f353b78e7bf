// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(range = 0..=1)]
        who: &str = "world",
    ),
)]
#[derive(Default)]
struct Ticket;

fn main() {}
