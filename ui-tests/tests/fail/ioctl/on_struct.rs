// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
struct Cmd {
    get: u32,
}

fn main() {}
