// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[io(1)]
    Reset,
}

struct Device;

#[file_operations]
impl FileOperations for Device {
    type Ioctl = Cmd;
}

impl CmdHandler for Device {
    fn reset(&mut self, _file: &File<'_, Self>) -> Result {
        Ok(())
    }
}

fn main() {}
