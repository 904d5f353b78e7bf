// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[derive(Clone, Copy, ParamEnum)]
enum Mode {
    Slow,
    #[param(name = "fa\0st")]
    Fast,
}

fn main() {}
