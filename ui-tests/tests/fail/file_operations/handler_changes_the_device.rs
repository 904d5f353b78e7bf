// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser {
    count: u32,
}

#[file_operations]
impl FileOperations for Dispenser {
    fn release(&self, _file: &File<'_, Self>) {
        self.count += 1;
    }
}

fn main() {}
