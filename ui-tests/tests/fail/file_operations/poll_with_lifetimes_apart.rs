// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Device(WaitQueue);

#[file_operations]
impl FileOperations for Device {
    fn poll<'a, 'b>(
        &'a self,
        _file: &File<'a, Self>,
        table: &mut PollTable<'b>,
    ) -> PollEvents {
        table.wait(&self.0);
        PollEvents::READABLE
    }
}

fn main() {}
