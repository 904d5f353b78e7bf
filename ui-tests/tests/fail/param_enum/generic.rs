// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[derive(Clone, Copy, ParamEnum)]
enum Mode<T> {
    Slow,
    Fast(T),
}

fn main() {}
