// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[ior(1)]
    GetId(u32),
    #[ior(2)]
    Get_Id(u32),
}

fn main() {}
