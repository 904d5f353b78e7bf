// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[uapi]
struct Limits {
    int: u32,
    default: u32,
    class: u32,
}

fn main() {}
