// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    type PerOpen = AtomicU32;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<u32> {
        Ok(0)
    }
}

fn main() {}
