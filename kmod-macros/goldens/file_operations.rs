// SPDX-License-Identifier: GPL-2.0-only

#[file_operations]
impl FileOperations for Reader {
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_at(pos, b"hello")
    }
}

#[file_operations]
impl FileOperations for Counter {
    type Module = Ticket;
    type PerOpen = AtomicU32;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<AtomicU32> {
        Ok(AtomicU32::new(0))
    }

    fn release(&self, file: &File<'_, Self>) {}

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        from.skip()
    }
}

#[file_operations(
    open = stream_open,
    splice_read = copy_splice_read,
    rwf = RWF_NOWAIT,
)]
impl FileOperations for Stream {
    fn read_iter(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write(b"hello")
    }

    fn fasync(&self, file: &File<'_, Self>) -> &FasyncList {
        &self.readers
    }
}

#[file_operations(llseek = fixed_size_llseek(SIZE))]
impl FileOperations for Fixed {}
