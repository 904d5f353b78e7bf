// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's educational PCI card: it computes factorials, and raises an interrupt when it has one.
//!
//!     # echo 5 > /dev/edu0; cat /dev/edu0
//!     120
//!
//! It also has a memory, which it moves by DMA: /dev/edu0-memory.
#![no_std]
#![forbid(unsafe_code)]

mod memory;

use kmod_core::prelude::*;
use memory::Memory;

/// Has QEMU's edu card compute factorials
#[kernel_module(name = "edu", license = "GPL")]
#[derive(Default)]
struct Edu {
    /// Bound to each card with this vendor and device; `modprobe` finds the module by them.
    #[pci_driver(ids = [(0x1234, 0x11e8)])]
    edu: Driver,
}

/// What the driver uses of BAR 0, as QEMU's `docs/specs/edu.txt` describes it.
#[registers(size = 0x100)]
struct Registers {
    #[rw(0x08)]
    factorial: u32,
    /// With bit 7 set, it raises an interrupt when it is done.
    #[rw(0x20)]
    status: u32,
    /// Why there is an interrupt.
    #[ro(0x24)]
    raised: u32,
    #[wo(0x64)]
    acknowledge: u32,
    /// A transfer: from where, to where, how many bytes, and what to do.
    #[rw(0x80)]
    source: u64,
    #[rw(0x88)]
    destination: u64,
    #[rw(0x90)]
    count: u64,
    #[rw(0x98)]
    command: u64,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        // QEMU's card has 28 by itself, and as many as here where it is told so, as `devices` in Cargo.toml does.
        pci.dma_set_mask(32)?;
        pr_info!("{} computes as edu{}", pci.name(), pci.index());
        Ok(Card::default())
    }
}

/// One card. Its objects come in the order of the fields, and go in reverse: whatever happens to the
/// card, a handler that runs has its registers.
#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    registers: Bar<Registers>,
    /// Where the card gets at the machine's memory.
    #[dma]
    buffer: DmaBuf<[u8; 4096]>,
    #[irq]
    irq: Irq<Raised>,
    /// Completed by the interrupt.
    done: Completion,
    /// Held by who has the card compute; the last result.
    result: Mutex<u32>,
    /// /dev/edu0, /dev/edu1, …
    #[misc(name = "edu{index}", mode = 0o600)]
    node: Node,
    /// /dev/edu0-memory, …
    #[misc(name = "edu{index}-memory", mode = 0o600)]
    memory: Memory,
}

#[derive(Default)]
struct Raised;

#[handlers]
impl IrqHandler for Raised {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let card = irq.instance();
        let raised = card.registers.read(Registers::RAISED);
        // Another device's, on a line that they share; and all ones are those of a card that is gone.
        if raised == 0 || raised == u32::MAX {
            return IrqReturn::None;
        }
        card.registers.write(Registers::ACKNOWLEDGE, raised);
        card.done.complete();
        IrqReturn::Handled
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
        writeln!(to, "{}", *file.instance().result.lock())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let card = file.instance();
        let mut result = card.result.lock();
        card.done.reinit();
        card.registers.write(Registers::STATUS, 1 << 7);
        card.registers.write(Registers::FACTORIAL, from.parse()?);
        // It takes some milliseconds; if the card goes meanwhile, this ends with ENODEV.
        card.done.wait_uninterruptible()?;
        *result = card.registers.read(Registers::FACTORIAL);
        Ok(())
    }
}
