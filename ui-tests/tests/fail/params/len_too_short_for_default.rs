// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(len = 5)]
        who: &str = "world",
    ),
)]
#[derive(Default)]
struct Ticket;

fn main() {}
