// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[io(1)]
    Reset,
    #[io(2)]
    Reset,
}

fn main() {}
