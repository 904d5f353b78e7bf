// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    fn close(&self, _file: &File<'_, Self>) {}
}

fn main() {}
