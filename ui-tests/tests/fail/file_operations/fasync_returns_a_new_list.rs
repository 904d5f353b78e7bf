// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    fn fasync(&self, _file: &File<'_, Self>) -> &FasyncList {
        &FasyncList::new()
    }
}

fn main() {}
