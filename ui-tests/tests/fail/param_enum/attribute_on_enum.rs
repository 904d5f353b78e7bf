// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[derive(Clone, Copy, ParamEnum)]
#[param(name = "mode")]
enum Mode {
    Slow,
}

fn main() {}
