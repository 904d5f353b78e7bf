// SPDX-License-Identifier: GPL-2.0-only
//! A driver of `edu` for whom it must be asked, by `driver_override`: the card gets at memory by itself.

use kmod_core::prelude::*;
use kmod_core::zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Engine;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Engine> {
        pr_info!(
            "masks: {:?}",
            [0, 65, 1, 32].map(|bits| pci.dma_set_mask(bits))
        );
        Ok(Engine::default())
    }
}

/// What moves memory.
#[registers(size = 0x100)]
struct Edu {
    #[rw(0x80)]
    source: u64,
    #[rw(0x88)]
    destination: u64,
    #[rw(0x90)]
    count: u64,
    /// Bit 0 until it is done, bit 1 for from the card.
    #[rw(0x98)]
    command: u64,
}

/// Where the card sees its own memory.
const CARD: u64 = 0x4_0000;

#[derive(FromBytes, IntoBytes, Immutable)]
#[zerocopy(crate = "kmod_core::zerocopy")]
#[repr(C)]
struct Entry {
    before: u32,
    value: u32,
    after: [u8; 5],
    last: [u8; 3],
}

#[device]
#[derive(Default)]
pub(crate) struct Engine {
    #[dma]
    ring: DmaBuf<[u32; 1024]>,
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[dma]
    entry: DmaBuf<Entry>,
    #[misc(name = "vm_pci_dma{index}", mode = 0o666)]
    node: Node,
    answer: AtomicU32,
}

impl Drop for Engine {
    fn drop(&mut self) {
        let left = (
            self.ring.dma_addr(),
            self.ring.get(0),
            self.entry.write(0, &[1_u8]),
        );
        if left != (Err(ENODEV), Err(ENODEV), Err(ENODEV)) {
            pr_err!("memory is left: {:?}", left);
        }
    }
}

impl Engine {
    /// Begins to move four bytes.
    fn begin(&self, from: u64, to: u64, way: u64) {
        self.edu.write(Edu::SOURCE, from);
        self.edu.write(Edu::DESTINATION, to);
        self.edu.write(Edu::COUNT, 4);
        self.edu.write(Edu::COMMAND, 1 | way);
    }

    /// Moves a value to the card, and back to another buffer.
    fn round(&self, value: u32) -> Result<u32> {
        self.ring.set(5, value)?;
        self.begin(self.ring.dma_addr()? + 20, CARD, 0);
        while self.edu.read(Edu::COMMAND) & 1 != 0 {}
        self.entry.write(0, &[1_u8; 16])?;
        self.begin(CARD, self.entry.dma_addr()? + 4, 2);
        while self.edu.read(Edu::COMMAND) & 1 != 0 {}
        self.ring.end();
        self.entry.end();
        let entry: Entry = self.entry.read(0)?;
        if (entry.before, entry.after, entry.last) != (0x0101_0101, [1; 5], [1; 3]) {
            return Err(EIO);
        }
        let value = self.entry.atomic::<AtomicU32>(4)?;
        Ok(value.load(Ordering::Acquire) & entry.value)
    }

    /// What is not there.
    fn outside(&self) -> Result {
        let refused = [
            self.ring.get(1024).err(),
            self.ring.set(usize::MAX, 0).err(),
            self.ring.read::<u64>(4089).err(),
            self.ring.atomic::<AtomicU64>(4).err(),
            self.entry.write(1, &[0_u8; 16]).err(),
        ];
        if refused == [Some(EINVAL); 5] && self.ring.get(1023) == Ok(0) {
            Ok(())
        } else {
            Err(EIO)
        }
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Engine;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.instance().answer.load(Ordering::Relaxed))
    }

    /// The ring may be written; what is not to be, is the entry.
    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        let engine = file.instance();
        match vma.writable() {
            true => vma.map_dma(&engine.ring),
            false => vma.map_dma_read_only(&engine.entry),
        }
    }

    /// 0 begins what nobody waits for, 1 tries what must not be; any other number goes to the card and back.
    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let engine = file.instance();
        match from.parse()? {
            0 => engine.begin(CARD, engine.ring.dma_addr()?, 2),
            1 => engine.outside()?,
            value => engine.answer.store(engine.round(value)?, Ordering::Relaxed),
        }
        Ok(())
    }
}
