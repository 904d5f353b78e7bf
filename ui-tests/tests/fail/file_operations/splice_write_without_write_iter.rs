// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations(splice_write = iter_file_splice_write)]
impl FileOperations for Dispenser {
    fn read_iter(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        Ok(())
    }
}

fn main() {}
