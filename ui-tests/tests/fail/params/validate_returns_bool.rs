// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        #[param(validate = check)]
        step: u32 = 1,
    ),
)]
#[derive(Default)]
struct Ticket;

fn check(step: u32) -> bool {
    step > 1
}

fn main() {}
