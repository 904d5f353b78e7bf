// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    fn fsync(
        &mut self,
        _file: &File<'_, Self>,
        _range: RangeInclusive<u64>,
        _datasync: bool,
    ) -> Result {
        Ok(())
    }
}

fn main() {}
