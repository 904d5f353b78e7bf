// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Device(Mutex<Option<KBox<WaitQueue>>>, Arc<WaitQueue>);

#[file_operations]
impl FileOperations for Device {
    fn poll(&self, _file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        // Whoever takes the lock may drop it while the kernel still has it.
        if let Some(queue) = &*self.0.lock() {
            table.wait(queue);
        }
        let local = self.1.clone();
        table.wait(&local);
        PollEvents::READABLE
    }
}

fn main() {}
