// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        ports: [u64; MANY] = [],
    ),
)]
#[derive(Default)]
struct Ticket;

const MANY: usize = 196;

fn main() {}
