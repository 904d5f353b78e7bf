// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's `e1000e`, which has its registers in BAR 0, and behind an index in BAR 2, which is of ports.

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        // Ports where memory is, memory where ports are, and more than there is.
        let refused = [
            pci.map::<Port>(2).err(),
            pci.map_ports::<Port>(0).err(),
            pci.map_ports::<Long>(2).err(),
            pci.map_ports::<Port>(2).err(),
        ];
        if refused != [Some(ENXIO), Some(ENXIO), Some(ENXIO), None] {
            pr_err!("what is mapped in probe: {:?}", refused);
        }
        Ok(Card::default())
    }
}

#[registers(size = 0x20)]
struct Port {
    #[rw(0x00)]
    index: u32,
    #[rw(0x04)]
    data: u32,
}

#[registers(size = 0x100)]
struct Long {
    #[rw(0xfc)]
    last: u32,
}

#[registers(size = 0x6000)]
struct Memory {
    #[rw(0x5200)]
    multicast: [u32; 128],
}

#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[bar(index = 0)]
    memory: Bar<Memory>,
    #[bar(index = 2)]
    port: Bar<Port, Ports>,
    #[misc(name = "vm_ports_card{index}", mode = 0o666)]
    node: Node,
    answer: AtomicU64,
}

impl Drop for Card {
    fn drop(&mut self) {
        if self.port.is_mapped() || self.port.read(Port::INDEX) != u32::MAX {
            pr_err!("the ports of a card that has gone are still there");
        }
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.instance().answer.load(Ordering::Relaxed))
    }

    /// Writes a register by one way, and reads it by the other.
    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let card = file.instance();
        let last = Memory::MULTICAST.nth::<127>();
        let answer = crate::command(from, |command, value| {
            let value = value.try_into()?;
            card.port.write(Port::INDEX, last.offset().try_into()?);
            Ok(match command {
                "port" => {
                    card.port.write(Port::DATA, value);
                    card.memory.read(last)
                }
                "memory" => {
                    card.memory.write(last, value);
                    card.port.read(Port::DATA)
                }
                _ => return Err(EINVAL),
            }
            .into())
        })?;
        card.answer.store(answer, Ordering::Relaxed);
        Ok(())
    }
}

/// Drivers that must be asked for, whose devices cannot be bound.
#[derive(Default)]
pub(crate) struct Refused;

#[handlers]
impl PciDriver for Refused {
    type Device = Mistaken;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Mistaken> {
        Ok(Mistaken::default())
    }
}

/// Its first BAR is of memory.
#[device]
#[derive(Default)]
pub(crate) struct Mistaken {
    #[bar(index = 2)]
    port: Bar<Port, Ports>,
    #[bar(index = 0)]
    memory: Bar<Port, Ports>,
}
