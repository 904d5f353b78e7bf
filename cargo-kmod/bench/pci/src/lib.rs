// SPDX-License-Identifier: GPL-2.0-only
//! A driver of QEMU's `edu`, in loops: a write of n bytes at byte k of a card's node does operation k n times.
//! `twin/bench_pci_c.c` is the same in C.
#![no_std]
#![forbid(unsafe_code)]

use core::hint::spin_loop;

use kmod_core::prelude::*;

/// Reads and writes registers, raises interrupts, and has memory moved
#[kernel_module(name = "bench_pci", license = "GPL")]
#[derive(Default)]
struct Bench {
    #[pci_driver(name = "bench_pci", ids = [(0x1234, 0x11e8)])]
    driver: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        pci.dma_set_mask(32)?;
        Ok(Card::default())
    }
}

#[registers(size = 0x100)]
struct Edu {
    #[rw(0x04)]
    liveness: u32,
    #[ro(0x24)]
    raised: u32,
    #[wo(0x60)]
    raise: u32,
    #[wo(0x64)]
    acknowledge: u32,
    #[rw(0x80)]
    source: u64,
    #[rw(0x88)]
    destination: u64,
    #[rw(0x90)]
    count: u64,
    #[rw(0x98)]
    command: u64,
}

/// Where the card sees its own memory.
const CARD: u64 = 0x4_0000;

/// What is raised at the end of a transfer.
const MOVED: u32 = 0x100;

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[dma]
    buffer: DmaBuf<[u64; 512]>,
    #[irq]
    irq: Irq<Raised>,
    moved: Completion,
    interrupts: AtomicU32,
    #[misc(name = "bench_pci{index}")]
    node: Node,
}

#[derive(Default)]
struct Raised;

#[handlers]
impl IrqHandler for Raised {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let card = irq.instance();
        let raised = card.edu.read(Edu::RAISED);
        if raised == 0 {
            return IrqReturn::None;
        }
        card.edu.write(Edu::ACKNOWLEDGE, raised);
        if raised & MOVED != 0 {
            card.moved.complete();
        } else {
            card.interrupts.fetch_add(1, Ordering::Relaxed);
        }
        IrqReturn::Handled
    }
}

impl Card {
    /// Moves a number.
    fn transfer(&self, from: u64, to: u64, way: u64) -> Result {
        self.edu.write(Edu::SOURCE, from);
        self.edu.write(Edu::DESTINATION, to);
        self.edu.write(Edu::COUNT, 8);
        self.edu.write(Edu::COMMAND, 1 | 4 | way);
        self.moved.wait_uninterruptible()
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        let (card, n) = (file.instance(), from.len());
        match pos {
            // The price of the loop's call.
            0 => {}
            1 => {
                for _ in 0..n {
                    card.edu.read(Edu::LIVENESS);
                }
            }
            2 => {
                for _ in 0..n {
                    card.edu.write(Edu::LIVENESS, 1);
                }
            }
            3 => {
                for _ in 0..n {
                    let before = card.interrupts.load(Ordering::Relaxed);
                    card.edu.write(Edu::RAISE, 1);
                    while card.interrupts.load(Ordering::Relaxed) == before {
                        spin_loop();
                    }
                }
            }
            5 => {
                let edu = card.edu.mapped()?;
                for _ in 0..n {
                    edu.read(Edu::LIVENESS);
                }
            }
            6 => {
                let edu = card.edu.mapped()?;
                for _ in 0..n {
                    edu.write(Edu::LIVENESS, 1);
                }
            }
            _ => {
                for i in 0..n {
                    let number = i as u64;
                    card.buffer.set(0, number)?;
                    card.transfer(card.buffer.dma_addr()?, CARD, 0)?;
                    card.transfer(CARD, card.buffer.dma_addr()? + 8, 2)?;
                    card.buffer.end();
                    if card.buffer.get(1)? != number {
                        return Err(EIO);
                    }
                }
            }
        }
        from.skip(n)
    }
}
