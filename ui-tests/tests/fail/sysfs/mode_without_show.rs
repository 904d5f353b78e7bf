// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysfs(mode = 0o644)]
    stats: Stats,
}

#[derive(Default)]
struct Stats;

#[handlers]
impl SysfsFile for Stats {
    fn store(&self, _file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        Ok(())
    }
}

fn main() {}
