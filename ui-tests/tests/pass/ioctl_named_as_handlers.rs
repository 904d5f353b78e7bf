// SPDX-License-Identifier: GPL-2.0-only
//! Commands whose handlers have the names of `FileOperations`' own.
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum Cmd {
    #[io(1)]
    Open,
    #[ior(2)]
    Read(u32),
    #[iow(3)]
    Release(u32),
    #[io(4)]
    Poll(usize),
}

struct Device;

#[file_operations]
impl FileOperations for Device {
    type Ioctl = Cmd;

    fn read(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        Ok(())
    }
}

impl CmdHandler for Device {
    fn open(&self, _file: &File<'_, Self>) -> Result {
        Ok(())
    }

    fn read(&self, _file: &File<'_, Self>) -> Result<u32> {
        Ok(1)
    }

    fn release(&self, _file: &File<'_, Self>, _arg: u32) -> Result {
        Ok(())
    }

    fn poll(&self, _file: &File<'_, Self>, _arg: usize) -> Result {
        Ok(())
    }
}

fn main() {
    core::hint::black_box(Device);
    core::hint::black_box([Cmd::OPEN, Cmd::READ, Cmd::RELEASE, Cmd::POLL]);
}
