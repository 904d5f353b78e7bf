// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    state: State,
}

#[derive(Default)]
struct State {
    inner: Inner,
}

#[derive(Default)]
struct Inner(core::cell::Cell<u32>);

fn main() {}
