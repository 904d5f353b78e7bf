// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's educational PCI card: it has a memory, which it moves by DMA, and raises an interrupt when it has.
//!
//!     # printf hello | dd of=/dev/edu0 conv=notrunc; head -c 5 /dev/edu0
//!     hello
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Where the card sees its memory.
const MEMORY: u64 = 0x4_0000;
/// How much there is of it, in bytes: QEMU lets a transfer have all but the last one of the 4,096.
const SIZE: usize = 4095;
/// What a transfer is told: to begin, with an interrupt at its end.
const TO_CARD: u64 = 1 | 4;
const FROM_CARD: u64 = 1 | 2 | 4;

/// Shows the memory of QEMU's edu card as a file
#[kernel_module(name = "edu", license = "GPL")]
#[derive(Default)]
struct Edu {
    /// Bound to each card with this vendor and device; `modprobe` finds the module by them.
    #[pci_driver(ids = [(0x1234, 0x11e8)])]
    edu: DefaultDriver<Card>,
}

/// What the driver uses of BAR 0, as QEMU's `docs/specs/edu.txt` describes it.
#[registers(size = 0x100)]
struct Registers {
    /// Why there is an interrupt.
    #[ro(0x24)]
    raised: u32,
    #[wo(0x64)]
    acknowledge: u32,
    /// A transfer: from where, to where, how many bytes, and what to do, which begins it.
    #[rw(0x80)]
    transfer: [u64; 4],
}

/// One card. Its objects come in the order of the fields, and go in reverse: whatever happens to the
/// card, a handler that runs has its registers.
#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    registers: Bar<Registers>,
    /// Where the card gets at the machine's memory. QEMU's card has 28 bits by itself, and as many as here
    /// where it is told so, as `devices` in Cargo.toml does.
    #[dma(bits = 32)]
    buffer: DmaBuf<[u8; SIZE]>,
    #[irq]
    irq: Irq<Raised>,
    /// Completed by the interrupt.
    done: Completion,
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
        let Some(raised) = card.registers.pending(Registers::RAISED) else {
            return IrqReturn::None;
        };
        card.registers.write(Registers::ACKNOWLEDGE, raised);
        card.done.complete();
        IrqReturn::Handled
    }
}

/// The card's memory as a file. Who has the lock has the card, and the buffer.
#[derive(Default)]
struct Node(Mutex<()>);

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let (card, _turn) = (file.instance(), self.0.lock());
        card.transfer(|buffer| [MEMORY, buffer, SIZE as u64, FROM_CARD])?;
        to.write_from_buffer(&card.buffer, usize::try_from(pos)?.min(SIZE)..)?;
        Ok(())
    }

    /// The rest of the memory is written as it is.
    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        let (card, _turn) = (file.instance(), self.0.lock());
        card.transfer(|buffer| [MEMORY, buffer, SIZE as u64, FROM_CARD])?;
        from.read_into_buffer(&card.buffer, usize::try_from(pos)?.min(SIZE)..)?;
        card.transfer(|buffer| [buffer, MEMORY, SIZE as u64, TO_CARD])
    }
}

impl Card {
    /// Has the card do what the registers are told for a buffer, and waits for its interrupt.
    fn transfer(&self, what: impl FnOnce(u64) -> [u64; 4]) -> Result {
        self.done.reinit();
        let told = what(self.buffer.dma_addr()?);
        for (register, value) in Registers::TRANSFER.iter().zip(told) {
            self.registers.write(register, value);
        }
        // If the card goes meanwhile, this ends with ENODEV.
        self.done.wait_uninterruptible()?;
        // The card is through with it: when it is unbound, the buffer can be freed.
        self.buffer.end();
        Ok(())
    }
}
