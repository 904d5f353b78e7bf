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

impl CmdHandler for Device {
    fn get(&self, _file: &File<'_, Self>) -> Result<u64> {
        Ok(1)
    }

    fn reset(&self, _file: &File<'_, Self>) -> Result {
        Ok(())
    }
}

fn main() {}
