// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[ior(1, returns)]
    Get(u32),
}

fn main() {}
