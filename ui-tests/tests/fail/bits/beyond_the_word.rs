// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[bits(u16)]
struct Status {
    #[bit(12..=16)]
    first: u8,
}

fn main() {}
