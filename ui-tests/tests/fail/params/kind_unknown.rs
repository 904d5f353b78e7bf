// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(kind = uint)]
        mask: u32 = 1,
    ),
)]
#[derive(Default)]
struct Ticket;

fn main() {}
