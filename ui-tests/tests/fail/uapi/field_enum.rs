// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    mode: Mode,
}

#[repr(u32)]
enum Mode {
    Slow,
}

fn main() {}
