// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[export_c]
struct Limits {
    min: u32,
}

fn main() {}
