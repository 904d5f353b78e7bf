// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
#[repr(C, packed)]
struct Limits {
    min: u8,
    max: u32,
}

fn main() {}
