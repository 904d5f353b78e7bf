// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[derive(BitsEnum)]
enum Mode {
    Off,
    On(u32),
}

fn main() {}
