// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[bits(u32)]
struct Status {
    #[bit(0..=8)]
    byte: u8,
    #[bit(9..=10)]
    flag: bool,
}

fn main() {}
