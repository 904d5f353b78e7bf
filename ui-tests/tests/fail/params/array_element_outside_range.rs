// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(range = 1..=9)]
        ports: [u16; 2] = [1, 10],
    ),
)]
#[derive(Default)]
struct Ticket;

fn main() {}
