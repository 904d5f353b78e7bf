// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations(rwf = RWF_NOWAIT)]
impl FileOperations for Dispenser {
    fn read(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        Ok(())
    }
}

fn main() {}
