// SPDX-License-Identifier: GPL-2.0-only
//! Platform devices, which the twin makes, and their memory: that of QEMU's `pc-testdev`.

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Memory;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Memory> {
        Ok(Memory::default())
    }
}

#[registers(size = 0x1000)]
struct Bytes {
    #[rw(0x00)]
    first: u32,
    #[rw(0xffc)]
    last: u32,
}

#[registers(size = 0x100)]
struct Few {
    #[rw(0x00)]
    first: u8,
}

#[device]
#[derive(Default)]
pub(crate) struct Memory {
    #[iomem(index = 1)]
    few: IoMem<Few>,
    #[iomem(index = 0)]
    bytes: IoMem<Bytes>,
    #[misc(name = "vm_ports_memory{index}", mode = 0o666)]
    node: Node,
    answer: AtomicU64,
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.bytes.write(Bytes::FIRST, 0);
        if self.bytes.read(Bytes::FIRST) != u32::MAX {
            pr_err!("the memory of a device that has gone is still there");
        }
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Memory;

    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        let bytes = &file.instance().bytes;
        match vma.writable() {
            true => vma.map_iomem(bytes),
            false => vma.map_iomem_read_only(bytes),
        }
    }

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.instance().answer.load(Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let memory = file.instance();
        let answer = crate::command(from, |command, value| {
            let value = value.try_into()?;
            Ok(match command {
                "first" => {
                    memory.bytes.write(Bytes::FIRST, value);
                    memory.bytes.read(Bytes::FIRST).into()
                }
                "last" => {
                    memory.bytes.write(Bytes::LAST, value);
                    memory.bytes.read(Bytes::LAST).into()
                }
                "few" => {
                    memory.few.write(Few::FIRST, value.try_into()?);
                    memory.few.read(Few::FIRST).into()
                }
                _ => return Err(EINVAL),
            })
        })?;
        memory.answer.store(answer, Ordering::Relaxed);
        Ok(())
    }
}
