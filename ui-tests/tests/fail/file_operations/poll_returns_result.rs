// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Device(WaitQueue);

#[file_operations]
impl FileOperations for Device {
    fn poll(&self, _file: &File<'_, Self>, table: &mut PollTable<'_>) -> Result<PollEvents> {
        table.wait(&self.0);
        Ok(PollEvents::READABLE)
    }
}

fn main() {}
