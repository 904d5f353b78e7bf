// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'f')]
enum Cmd {
    #[ior(1)]
    Level(u32),
}

fn main() {}
