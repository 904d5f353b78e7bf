// SPDX-License-Identifier: GPL-2.0-only

#[file_operations]
impl FileOperations for Elided {
    fn poll(&self, file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        table.wait(&self.queue);
        PollEvents::READABLE
    }

    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map(&self.buffer)
    }

    fn fasync(&self, file: &File<'_, Self>) -> &FasyncList {
        &file.state().list
    }
}

#[file_operations]
impl FileOperations for Named {
    fn poll<'a>(&'a self, file: &File<'a, Self>, table: &mut PollTable<'a>) -> PollEvents {
        table.wait(&self.queue);
        PollEvents::READABLE
    }
}
