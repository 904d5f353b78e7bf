// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[ior(1)]
    Get(u32),
    #[io(2)]
    Reset,
}

struct Device;

#[file_operations]
impl FileOperations for Device {
    type Ioctl = Cmd;
}

fn main() {}
