// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[derive(Clone, Copy, ParamEnum)]
enum Mode {
    #[param(name = "a")]
    #[param(name = "b")]
    Slow,
}

fn main() {}
