// SPDX-License-Identifier: GPL-2.0-only
//! Devices whose memory is mapped.

use kmod_core::prelude::*;
use kmod_core::zerocopy::{FromBytes, Immutable, IntoBytes};

/// Four pages: the first and the last bytes are known.
pub fn new() -> Result<VmallocBuffer> {
    let buffer = VmallocBuffer::new(4 * 4096 - 100)?;
    buffer.write(0, b"first")?;
    buffer.write(buffer.len() - 4, b"last")?;
    Ok(buffer)
}

/// A write asks for this to be done to the number at an offset.
#[derive(FromBytes, IntoBytes, Immutable)]
#[zerocopy(crate = "kmod_core::zerocopy")]
#[repr(C)]
struct Add {
    offset: u32,
    by: u32,
}

/// `read(2)` shows the memory, `write(2)` adds to its numbers.
pub struct Writable(pub VmallocBuffer);

#[file_operations]
impl FileOperations for Writable {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let mut piece = [0; 64];
        self.0.read_bytes(pos.try_into()?, &mut piece)?;
        to.write(&piece)?;
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut add = Add { offset: 0, by: 0 };
        if from.read(add.as_mut_bytes())? != size_of::<Add>() {
            return Err(EINVAL);
        }
        let number = self.0.atomic::<AtomicU32>(add.offset as usize)?;
        number.fetch_add(add.by, Ordering::AcqRel);
        Ok(())
    }

    fn mmap(&self, _file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map(&self.0)
    }
}

/// Can only be read.
pub struct ReadOnly(pub VmallocBuffer);

#[file_operations]
impl FileOperations for ReadOnly {
    fn mmap(&self, _file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map_read_only(&self.0)
    }
}

/// Each mapping is of a buffer of its own, which is dropped as soon as it is mapped.
pub struct Gone;

#[file_operations]
impl FileOperations for Gone {
    fn mmap(&self, _file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        if vma.offset() == 4096 * 9 {
            // Nothing is mapped.
            return Ok(());
        }
        let buffer = VmallocBuffer::new(vma.len().min(1 << 20))?;
        for page in (0..buffer.len()).step_by(4096) {
            buffer.write(page, b"gone")?;
        }
        vma.map(&buffer)?;
        // What is mapped is not mapped over.
        if vma.map(&buffer) != Err(EBUSY) || !vma.shared() || !vma.writable() {
            return Err(EINVAL);
        }
        Ok(())
    }
}
