// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    type PerOpen = *mut u32;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<*mut u32> {
        Ok(core::ptr::null_mut())
    }
}

fn main() {}
