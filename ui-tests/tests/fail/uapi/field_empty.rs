// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    none: [u8; 0],
    max: u32,
}

fn main() {}
