// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    max: u64,
    min: u32,
}

fn main() {}
