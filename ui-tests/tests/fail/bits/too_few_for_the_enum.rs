// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[bits(u32)]
struct Status {
    #[bit(0..=1)]
    mode: Mode,
}

#[derive(BitsEnum)]
enum Mode {
    Off = 0,
    On = 4,
}

fn main() {}
