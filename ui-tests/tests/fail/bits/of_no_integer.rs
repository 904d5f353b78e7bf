// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[bits(i32)]
struct Status {
    #[bit(0)]
    flag: bool,
}

fn main() {}
