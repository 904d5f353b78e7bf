// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T', prefx = "T")]
enum Cmd {
    #[ior(300)]
    Get(u32),
    Set(u32),
    #[iow(3)]
    Reset,
    #[iowr(4)]
    Swap(bool),
}

fn main() {}
