// SPDX-License-Identifier: GPL-2.0-only
//! A driver of `edu` for whom it must be asked, by `driver_override`, with a work that looks at the card, and asks it for
//! things, between the beginning and the end of a reset.

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }

    fn reset_prepare(&self, card: &Card) {
        let seen = &card.seen;
        let id = card.edu.read(Edu::ID);
        seen.before.store(id, Ordering::Relaxed);
        seen.meanwhile.store(id, Ordering::Relaxed);
        card.edu.write(Edu::LIVENESS, BEFORE);
        card.interrupts.store(0, Ordering::Relaxed);
        // What the card would write over.
        let _ = card.buffer.set(0, UNTOUCHED);
        card.between.store(true, Ordering::Release);
        card.meanwhile.queue();
    }

    fn reset_done(&self, card: &Card) {
        card.between.store(false, Ordering::Release);
        if let Err(error) = card.meanwhile.flush() {
            pr_err!("a work is not waited for: {error:?}\n");
        }
        let seen = &card.seen;
        seen.liveness
            .store(card.edu.read(Edu::LIVENESS), Ordering::Relaxed);
        let busy = card.edu.read(Edu::COMMAND) & RUNS;
        seen.busy.store(busy as u32, Ordering::Relaxed);
        card.look();
    }
}

/// BAR 0, the beginning of it.
#[registers(size = 0x100)]
struct Edu {
    #[ro(0x00)]
    id: u32,
    /// Reads as the complement of what was written.
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

/// Of the command: it moves, until it is done; and from the card.
const RUNS: u64 = 1;
const FROM_CARD: u64 = 2;

/// Where the card sees its own memory.
const CARD: u64 = 0x4_0000;

/// What is written to the register before and meanwhile, and what lies in memory.
const BEFORE: u32 = 0x1111_1111;
const MEANWHILE: u32 = 0x2222_2222;
const UNTOUCHED: u32 = 0x5a5a_5a5a;
const OF_CARD: u32 = 0xabcd_ef01;

/// What was seen at the last reset, or since.
#[derive(Default)]
struct Seen {
    /// What the card read as at its beginning.
    before: AtomicU32,
    /// And then, after it was asked for things: itself, if it was not off before these and after.
    meanwhile: AtomicU32,
    /// What the register has kept; whether the card moves memory; its interrupts; the memory.
    liveness: AtomicU32,
    busy: AtomicU32,
    interrupts: AtomicU32,
    memory: AtomicU32,
}

#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[dma]
    buffer: DmaBuf<[u32; 1]>,
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[irq(kinds(msi))]
    irq: Irq<Raised>,
    #[work]
    meanwhile: Work<Meanwhile>,
    between: AtomicBool,
    interrupts: AtomicU32,
    ran: Completion,
    #[sysfs]
    seen: Seen,
    #[sysfs(mode = 0o200)]
    works: Works,
}

impl Card {
    /// Begins to move a number, and does not wait for the end.
    fn begin(&self, from: u64, to: u64, way: u64) {
        self.edu.write(Edu::SOURCE, from);
        self.edu.write(Edu::DESTINATION, to);
        self.edu.write(Edu::COUNT, 4);
        self.edu.write(Edu::COMMAND, RUNS | way);
    }

    /// Keeps what has come from the card by itself.
    fn look(&self) {
        self.buffer.end();
        let memory = self.buffer.get(0).unwrap_or_default();
        self.seen.memory.store(memory, Ordering::Relaxed);
        let interrupts = self.interrupts.load(Ordering::Relaxed);
        self.seen.interrupts.store(interrupts, Ordering::Relaxed);
    }

    fn moved(&self) {
        while self.edu.read(Edu::COMMAND) & RUNS != 0 {
            fsleep(Duration::from_millis(1));
        }
    }

    /// An interrupt, and a number moved to the card and back.
    fn works(&self) -> Result {
        self.buffer.set(0, OF_CARD)?;
        self.begin(self.buffer.dma_addr()?, CARD, 0);
        self.moved();
        self.buffer.set(0, 0)?;
        self.begin(CARD, self.buffer.dma_addr()?, FROM_CARD);
        self.moved();
        self.ran.reinit();
        self.edu.write(Edu::RAISE, 1);
        self.ran.wait()?;
        self.look();
        Ok(())
    }
}

#[derive(Default)]
struct Meanwhile;

#[handlers]
impl WorkHandler for Meanwhile {
    type Instance = Card;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let card = work.instance();
        let id = card.seen.before.load(Ordering::Relaxed);
        while card.edu.read(Edu::ID) == id {
            if !card.between.load(Ordering::Acquire) {
                return;
            }
            fsleep(Duration::from_millis(5));
        }
        card.edu.write(Edu::LIVENESS, MEANWHILE);
        card.edu.write(Edu::RAISE, 2);
        if let Ok(address) = card.buffer.dma_addr() {
            card.begin(CARD, address, FROM_CARD);
        }
        let meanwhile = card.edu.read(Edu::ID);
        card.seen.meanwhile.store(meanwhile, Ordering::Relaxed);
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
        card.ran.complete();
        IrqReturn::Handled
    }
}

#[handlers]
impl SysfsFile for Seen {
    type Instance = Card;

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let read = |of: &AtomicU32| of.load(Ordering::Relaxed);
        writeln!(
            to,
            "{:x} {:x} {:x} {} {} {:x}",
            read(&self.before),
            read(&self.meanwhile),
            read(&self.liveness),
            read(&self.busy),
            read(&self.interrupts),
            read(&self.memory)
        )
    }
}

#[derive(Default)]
struct Works;

#[handlers]
impl SysfsFile for Works {
    type Instance = Card;

    fn store(&self, file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        file.instance().works()
    }
}
