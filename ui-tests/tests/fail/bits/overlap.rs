// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[bits(u32)]
struct Status {
    #[bit(0..=3)]
    first: u8,
    #[bit(3)]
    second: bool,
}

fn main() {}
