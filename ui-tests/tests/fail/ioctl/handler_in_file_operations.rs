// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

struct Device;

#[file_operations]
impl FileOperations for Device {
    fn ioctl(&self, _file: &File<'_, Self>, _cmd: u32, _arg: usize) -> Result {
        Ok(())
    }

    fn unlocked_ioctl(&self, _file: &File<'_, Self>, _cmd: u32, _arg: usize) -> Result {
        Ok(())
    }
}

fn main() {}
