// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    type PerOpen = core::cell::Cell<u32>;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<Self::PerOpen> {
        Ok(core::cell::Cell::new(0))
    }
}

fn main() {}
