// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's educational PCI card: it computes factorials, and raises an interrupt when it has one.
//!
//!     # echo 5 > /dev/edu0; cat /dev/edu0
//!     120
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

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
    #[ro(0x00)]
    id: Id,
    #[rw(0x08)]
    factorial: u32,
    #[rw(0x20)]
    status: Status,
    /// Why there is an interrupt.
    #[ro(0x24)]
    raised: u32,
    #[wo(0x64)]
    acknowledge: u32,
}

#[bits(u32)]
struct Id {
    #[bit(0..=7)]
    magic: u8,
    #[bit(24..=31)]
    version: u8,
}

#[bits(u32)]
struct Status {
    #[bit(0)]
    computing: bool,
    /// Whether it raises an interrupt when it is done.
    #[bit(7)]
    interrupts: bool,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        let id = pci.map::<Registers>(0)?.read(Registers::ID);
        if id.magic() != 0xed {
            return Err(ENODEV);
        }
        let (name, version) = (pci.name(), id.version());
        pr_info!("{}: edu, version {}", name, version);
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
    #[irq]
    irq: Irq<Raised>,
    /// Completed by the interrupt.
    done: Completion,
    /// Held by who has the card compute; the last result.
    result: Mutex<u32>,
    /// /dev/edu0, /dev/edu1, …
    #[misc(name = "edu{index}", mode = 0o600)]
    node: Node,
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
        let result = *file.instance().result.lock();
        writeln!(to, "{}", result)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let number: u32 = from.parse()?;
        let card = file.instance();
        let mut result = card.result.lock();
        // A signal has ended the last wait.
        if card.registers.read(Registers::STATUS).computing() {
            return Err(EBUSY);
        }
        card.done.reinit();
        let status = Status::new(0).with_interrupts(true);
        card.registers.write(Registers::STATUS, status);
        card.registers.write(Registers::FACTORIAL, number);
        // When the card goes meanwhile, this ends with ENODEV.
        card.done.wait()?;
        while card.registers.read(Registers::STATUS).computing() {
            card.done.wait()?;
        }
        *result = card.registers.read(Registers::FACTORIAL);
        Ok(())
    }
}
