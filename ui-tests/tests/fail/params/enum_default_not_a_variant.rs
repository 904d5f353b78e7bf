// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        speed: Speed = Speed::Fast,
    ),
)]
#[derive(Default)]
struct Ticket;

#[derive(Clone, Copy, ParamEnum)]
enum Speed {
    Slow,
}

fn main() {}
