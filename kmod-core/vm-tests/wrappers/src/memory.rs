// SPDX-License-Identifier: GPL-2.0-only
//! Memory that is mapped, read and written, with nothing copied on the way.

use kmod_core::prelude::*;

pub struct Memory(pub VmallocBuffer);

#[file_operations]
impl FileOperations for Memory {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from_buffer(&self.0, usize::try_from(pos)?..)?;
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        from.read_into_buffer(&self.0, usize::try_from(pos)?..)?;
        Ok(())
    }

    fn mmap(&self, _file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map(&self.0)
    }
}

/// The same by any number of buffers at once.
pub struct Pieces(pub VmallocBuffer);

#[file_operations(splice_read = copy_splice_read, llseek = fixed_size_llseek(8192))]
impl FileOperations for Pieces {
    fn read_iter(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from_buffer(&self.0, usize::try_from(pos)?..)?;
        Ok(())
    }

    fn write_iter(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        from.read_into_buffer(&self.0, usize::try_from(pos)?..)?;
        Ok(())
    }
}
