// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[bits(u32)]
struct Status {
    #[bit(0)]
    mode: Mode,
}

enum Mode {
    Off,
}

fn main() {}
