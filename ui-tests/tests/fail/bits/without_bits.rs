// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[bits(u32)]
struct Status {
    flag: bool,
}

fn main() {}
