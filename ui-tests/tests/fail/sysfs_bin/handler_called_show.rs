// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs_bin]
    rom: Rom,
}

#[derive(Default)]
struct Rom;

#[handlers]
impl SysfsBinary for Rom {
    fn show(
        &self,
        _file: &SysfsBinaryCall<'_, Self>,
        _to: &mut SysfsBytes<'_>,
        _pos: u64,
    ) -> Result {
        Ok(())
    }
}

fn main() {}
