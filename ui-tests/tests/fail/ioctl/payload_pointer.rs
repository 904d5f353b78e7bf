// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[iow(1)]
    Set(*const u8),
    #[iow(2)]
    SetRef(&'static u8),
}

fn main() {}
