// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[derive(Clone, Copy, ParamEnum)]
enum Speed {
    Slow,
    Fast(u8),
}

fn main() {}
