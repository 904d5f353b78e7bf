// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(perm = 0o644)]
        who: &str = "world",
    ),
)]
#[derive(Default)]
struct Ticket;

fn main() {}
