// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    state: State<core::cell::Cell<u32>>,
}

#[derive(Default)]
struct State<T>(T);

fn main() {}
