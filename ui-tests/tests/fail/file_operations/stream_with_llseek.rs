// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations(open = stream_open)]
impl FileOperations for Dispenser {
    fn llseek(&self, _file: &File<'_, Self>, _to: SeekFrom) -> Result<u64> {
        Ok(0)
    }
}

fn main() {}
