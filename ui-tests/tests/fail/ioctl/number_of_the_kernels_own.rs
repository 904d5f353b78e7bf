// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[io(0x21)]
    Nonblocking,
    #[io(0x51)]
    Close,
}

fn main() {}
