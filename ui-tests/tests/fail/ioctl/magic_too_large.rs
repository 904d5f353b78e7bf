// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = 256)]
enum Cmd {
    #[ior(1)]
    Get(u32),
}

fn main() {}
