// SPDX-License-Identifier: GPL-2.0-only
//! A list of those who want signals that each open file has of its own.

use kmod_core::prelude::*;

/// What is kept of each opening.
#[derive(Default)]
pub struct Opened {
    list: FasyncList,
}

#[derive(Default)]
pub struct Signals;

#[file_operations]
impl FileOperations for Signals {
    type PerOpen = Opened;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<Opened> {
        Ok(Opened::default())
    }

    /// Wakes the list of this file alone.
    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        file.state().list.kill_fasync(Band::In);
        from.skip(from.len())
    }

    fn fasync(&self, file: &File<'_, Self>) -> &FasyncList {
        &file.state().list
    }
}
