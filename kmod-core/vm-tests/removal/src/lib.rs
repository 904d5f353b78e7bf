// SPDX-License-Identifier: GPL-2.0-only
//! A driver of QEMU's `edu`, all parts of which are in use when the card goes.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// Has cards taken away from it
#[kernel_module(
    name = "vm_removal",
    license = "GPL",
    params(
        /// Whether a card is stopped before it goes
        stops: bool = true,
    ),
)]
#[derive(Default)]
struct Removal {
    #[pci_driver(name = "vm_removal", ids = [(0x1234, 0x11e8)])]
    driver: Driver,
    /// How many cards have gone whole.
    #[sysfs]
    dropped: Dropped,
}

#[derive(Default)]
struct Dropped;

#[handlers]
impl SysfsFile for Dropped {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "{}", DROPPED.load(Ordering::Relaxed))
    }
}

/// What `Drop` counts.
static DROPPED: AtomicU32 = AtomicU32::new(0);

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }

    fn remove(&self, card: &Card) {
        // It is there, or was pulled out.
        let id = card.edu.read(Edu::ID);
        if id != 0x0100_00ed && id != u32::MAX {
            pr_err!("a card that goes reads as {:x}", id);
        }
        if !Removal::params().stops() {
            return;
        }
        // What it has begun goes on once it is a bus master again, of the next driver.
        let is_moving = |command: u64| command & 1 != 0 && command != u64::MAX;
        while is_moving(card.edu.read(Edu::COMMAND)) {
            fsleep(Duration::from_millis(1));
        }
        card.edu.write(Edu::ACKNOWLEDGE, u32::MAX);
        card.buffer.end();
    }
}

#[registers(size = 0x100)]
struct Edu {
    #[ro(0x00)]
    id: u32,
    #[rw(0x08)]
    factorial: u32,
    #[ro(0x24)]
    raised: u32,
    #[wo(0x60)]
    raise: u32,
    #[wo(0x64)]
    acknowledge: u32,
    #[rw(0x80)]
    transfer: [u64; 3],
    #[rw(0x98)]
    command: u64,
}

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[dma(bits = 32)]
    buffer: DmaBuf<[u8; 4096]>,
    #[irq]
    irq: Irq<Raised>,
    #[timer]
    tick: Timer<Tick>,
    #[work]
    work: Work<Busy>,
    #[misc(name = "vm_removal{index}", mode = 0o666)]
    node: Node,
    /// Nobody completes it.
    undone: Completion,
    interrupts: AtomicU32,
    works: AtomicU32,
}

impl Drop for Card {
    fn drop(&mut self) {
        if self.edu.read(Edu::ID) != u32::MAX || self.buffer.dma_addr() != Err(ENODEV) {
            pr_err!("a card that has gone is still there");
        }
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

impl Card {
    /// Has the card write to memory, whoever waits for it.
    fn transfer(&self) -> Result {
        let places = [0x4_0000, self.buffer.dma_addr()?, 4];
        for (index, place) in places.into_iter().enumerate() {
            self.edu
                .write(Edu::TRANSFER.get(index).ok_or(EINVAL)?, place);
        }
        self.edu.write(Edu::COMMAND, 1 | 2 | 4);
        Ok(())
    }
}

#[derive(Default)]
struct Raised;

#[handlers]
impl IrqHandler for Raised {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let card = irq.instance();
        let Some(raised) = card.edu.pending(Edu::RAISED) else {
            return IrqReturn::None;
        };
        card.edu.write(Edu::ACKNOWLEDGE, raised);
        card.interrupts.fetch_add(1, Ordering::Relaxed);
        card.tick.arm(Duration::ZERO);
        IrqReturn::WakeThread
    }

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        if !irq.instance().edu.is_mapped() {
            pr_err!("an interrupt's thread runs without its card's registers");
        }
    }
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Card;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        timer.instance().work.queue();
        Again::After(Duration::from_millis(1))
    }
}

/// Keeps itself and the card busy.
#[derive(Default)]
struct Busy;

#[handlers]
impl WorkHandler for Busy {
    type Instance = Card;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let card = work.instance();
        if !card.edu.is_mapped() {
            pr_err!("a work runs without its card's registers");
        }
        if card.works.fetch_add(1, Ordering::Relaxed) % 16 == 0 {
            let _ = card.transfer();
        }
        card.edu.write(Edu::RAISE, 1);
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    /// Sleeps until the card goes.
    fn read(&self, file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        file.instance().undone.wait()
    }

    /// Begins all that runs.
    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let card = file.instance();
        card.edu.write(Edu::FACTORIAL, from.parse()?);
        card.tick.arm(Duration::ZERO);
        if !Removal::params().stops() {
            card.transfer()?;
        }
        Ok(())
    }

    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map_bar(&file.instance().edu)
    }
}
