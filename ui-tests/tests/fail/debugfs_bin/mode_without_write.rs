// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[debugfs_bin(path = "ticket/rom", mode = 0o644)]
    rom: Rom,
}

#[derive(Default)]
struct Rom;

#[handlers]
impl SysfsBinary for Rom {
    fn read(&self, _: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        to.write_from(b"rom", pos);
        Ok(())
    }
}

fn main() {}
