// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

struct Device;

#[file_operations]
impl FileOperations for Device {
    type Ioctl = u32;
}

fn main() {}
