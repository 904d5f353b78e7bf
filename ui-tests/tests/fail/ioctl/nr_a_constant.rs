// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[ior(FIRST)]
    Get(u32),
}

const FIRST: u8 = 1;

fn main() {}
