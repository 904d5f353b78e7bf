// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[ior]
    Get(u32),
    #[iow()]
    Set(u32),
}

fn main() {}
