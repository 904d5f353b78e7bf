// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    kind: u8,
    max: u64,
    min: u32,
    step: u16,
    end: u16,
}

fn main() {}
