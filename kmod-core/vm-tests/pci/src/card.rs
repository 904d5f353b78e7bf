// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's `edu`: its registers, by commands to a node.

use core::time::Duration;

use kmod_core::prelude::*;

use crate::{DROPPED, GONE, Pci, REMOVED};

/// What the driver's ids say.
#[derive(Debug)]
pub(crate) enum Model {
    Edu,
    Other,
}

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Module = Pci;
    type Device = Card;
    type Id = Model;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        match Pci::params().fail() {
            0 => {}
            1 => return Err(EIO),
            _ => return Err(EPROBE_DEFER),
        }
        let id = {
            let edu = pci.map::<Edu>(0)?;
            // It is taken: once more is too often.
            if pci.map::<Edu>(0).err() != Some(EBUSY) || pci.map::<Edu>(6).err() != Some(EINVAL) {
                pr_err!("a BAR is mapped twice, or there is a BAR 6");
            }
            edu.read(Edu::ID)
        };
        if id.magic() != 0xed {
            return Err(ENODEV);
        }
        let config = self.config(pci);
        let (name, model) = (pci.name(), pci.id());
        pr_info!("{} is {:?}: {:?}", name, model, config);
        Ok(Card::default())
    }

    fn remove(&self, card: &Card) {
        REMOVED.store(card.edu.read(Edu::ID).word(), Ordering::Relaxed);
    }
}

impl Driver {
    /// Vendor and device, what is beyond the space, and what must not be written.
    fn config(&self, pci: &PciDevice<'_, Self>) -> [Result<u32>; 8] {
        // MSI's capability is at 0x40.
        [
            pci.read_config::<u32>(0),
            pci.read_config::<u16>(2).map(u32::from),
            pci.read_config::<u8>(3).map(u32::from),
            pci.read_config::<u32>(2),
            pci.read_config::<u32>(0x1000),
            pci.write_config(0x10, u32::MAX).map(|()| 0),
            pci.write_config(0x44, 0_u16).map(|()| 0),
            pci.write_config(0xf0, 0_u8).map(|()| 0),
        ]
    }
}

/// BAR 0, the beginning of it.
#[registers(size = 0x100)]
pub(crate) struct Edu {
    #[ro(0x00)]
    id: Id,
    /// Reads as the complement of what was written.
    #[rw(0x04)]
    pub(crate) liveness: u32,
    #[rw(0x08)]
    factorial: u32,
    #[rw(0x20)]
    status: Status,
    #[ro(0x24)]
    pub(crate) raised: u32,
    #[wo(0x60)]
    pub(crate) raise: u32,
    #[wo(0x64)]
    pub(crate) acknowledge: u32,
    /// Source, destination and length of a transfer.
    #[rw(0x80)]
    transfer: [u64; 3],
}

#[bits(u32)]
struct Id {
    #[bit(0..=7)]
    magic: u8,
    #[bit(16..=23)]
    minor: u8,
    #[bit(24..=31)]
    major: u8,
}

#[bits(u32)]
struct Status {
    #[bit(0)]
    computing: bool,
    /// Bit 7 alone: what an enum reads as.
    #[bit(6..=7)]
    kind: Kind,
}

#[derive(BitsEnum, Debug, PartialEq)]
enum Kind {
    None = 0,
    Interrupts = 2,
}

/// The same, the other way round.
#[registers(size = 0x100, endian = big)]
struct Swapped {
    #[rw(0x04)]
    liveness: u32,
}

#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[bus]
    config: PciConfig,
    /// Its line, which it may share with others.
    #[irq(kinds(intx))]
    irq: Irq<Raised>,
    /// Reads registers until the device goes.
    #[timer]
    poll: Timer<Poll>,
    #[work]
    compute: Work<Compute>,
    #[misc(name = "vm_pci_edu{index}", mode = 0o666)]
    node: Node,
    answer: Mutex<u64>,
    polls: AtomicU32,
    /// What was raised last, and how often; and how often the thread ran.
    raised: AtomicU32,
    interrupts: AtomicU32,
    threads: AtomicU32,
    ran: Completion,
    undone: Completion,
}

impl Drop for Card {
    fn drop(&mut self) {
        self.edu.write(Edu::LIVENESS, 0);
        if self.config.read_config::<u16>(0) != Err(ENODEV) {
            pr_err!("the configuration space of a device that has gone is read");
        }
        DROPPED.store(self.edu.read(Edu::ID).word(), Ordering::Relaxed);
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Raised;

#[handlers]
impl IrqHandler for Raised {
    type Module = Pci;
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let card = irq.instance();
        let Some(raised) = card.edu.pending(Edu::RAISED) else {
            return IrqReturn::None;
        };
        card.edu.write(Edu::ACKNOWLEDGE, raised);
        card.raised.store(raised, Ordering::Relaxed);
        card.interrupts.fetch_add(1, Ordering::Relaxed);
        card.poll.arm(Duration::ZERO);
        IrqReturn::WakeThread
    }

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        let card = irq.instance();
        card.threads.fetch_add(1, Ordering::Relaxed);
        card.ran.complete();
        // One that waits for what does not come, until the device goes.
        if card.raised.load(Ordering::Relaxed) == 0xdead {
            let end = card.undone.wait_uninterruptible();
            if end != Err(ENODEV) {
                pr_err!("a thread's sleep ended with {:?}", end);
            }
        }
    }
}

#[derive(Default)]
struct Poll;

#[handlers]
impl TimerHandler for Poll {
    type Instance = Card;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let card = timer.instance();
        if card.edu.read(Edu::ID).magic() != 0xed {
            pr_err!("a timer of a device that is there reads something else");
        }
        card.polls.fetch_add(1, Ordering::Relaxed);
        card.compute.queue();
        Again::After(Duration::from_millis(1))
    }
}

#[derive(Default)]
struct Compute;

#[handlers]
impl WorkHandler for Compute {
    type Instance = Card;

    fn run(&self, work: &WorkCall<'_, Self>) {
        if !work.instance().edu.is_mapped() {
            pr_err!("a work runs without its device's registers");
        }
        work.instance().edu.write(Edu::FACTORIAL, 3);
    }
}

#[derive(Default)]
struct Node;

impl Card {
    /// What the commands that the twin has, too, give.
    fn run(&self, command: &str, value: u32) -> Result<u64> {
        let edu = &self.edu;
        match command {
            "id" => return Ok(edu.read_relaxed(Edu::ID).word().into()),
            "liveness" => {
                edu.write(Edu::LIVENESS, value);
                return Ok(edu.read(Edu::LIVENESS).into());
            }
            "factorial" => {
                edu.write_relaxed(Edu::FACTORIAL, value);
                while edu.read(Edu::STATUS).computing() {}
                return Ok(edu.read(Edu::FACTORIAL).into());
            }
            "config" => {
                let at = value.try_into()?;
                return Ok(self.config.read_config::<u16>(at)?.into());
            }
            "transfer" => {
                let source = Edu::TRANSFER.get(0).ok_or(EINVAL)?;
                edu.write(source, u64::from(value) << 20 | 1);
                return Ok(edu.read(source));
            }
            _ => {}
        }
        self.run_more(command, value)
    }

    fn run_more(&self, command: &str, value: u32) -> Result<u64> {
        let edu = &self.edu;
        match command {
            "version" => {
                let id = edu.read(Edu::ID);
                Ok(u64::from(id.major()) << 8 | u64::from(id.minor()))
            }
            "kind" => {
                let status = Status::new(value);
                edu.write(Edu::STATUS, status);
                match edu.read(Edu::STATUS).kind()? {
                    Kind::None => Ok(0),
                    Kind::Interrupts => Ok(2),
                }
            }
            "with" => {
                let status = Status::new(0)
                    .with_computing(true)
                    .with_kind(Kind::Interrupts);
                let kind = if value == 0 {
                    Kind::None
                } else {
                    Kind::Interrupts
                };
                Ok(status.with_kind(kind).word().into())
            }
            "raise" => {
                self.ran.reinit();
                edu.write(Edu::RAISE, value);
                self.ran.wait()?;
                Ok(self.raised.load(Ordering::Relaxed).into())
            }
            "interrupts" => Ok(self.interrupts.load(Ordering::Relaxed).into()),
            "threads" => Ok(self.threads.load(Ordering::Relaxed).into()),
            "line" => self.irq.line().map(u64::from).ok_or(ENXIO),
            "poll" => Ok(self.poll.arm(Duration::ZERO).into()),
            "polls" => Ok(self.polls.load(Ordering::Relaxed).into()),
            _ => Err(EINVAL),
        }
    }
}

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let answer = *file.instance().answer.lock();
        write!(to, "{:x}", answer)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let (command, value) = text.split_once(' ').unwrap_or((text, "0"));
        let value = kmod_core::str::parse(value)?;
        let card = file.instance();
        let answer = card.run(command, value)?;
        *card.answer.lock() = answer;
        Ok(())
    }

    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        let edu = &file.instance().edu;
        match vma.offset() {
            FAILS => vma.map_bar(edu).and(Err(EIO)),
            TWICE => vma.map_bar(edu).and_then(|()| vma.map_bar(edu)),
            AND_A_BUFFER => {
                let buffer = VmallocBuffer::new(BUFFER)?;
                vma.map_bar(edu).and_then(|()| vma.map(&buffer))
            }
            AFTER_A_BUFFER => {
                let buffer = VmallocBuffer::new(BUFFER)?;
                vma.map(&buffer).and_then(|()| vma.map_bar(edu))
            }
            READ_ONLY => vma.map_bar_read_only(edu),
            _ => vma.map_bar(edu),
        }
    }
}

/// How far into the BAR an area begins that is mapped as what is asked for.
const FAILS: u64 = 0x8_0000;
const TWICE: u64 = 0x8_1000;
const AND_A_BUFFER: u64 = 0x8_2000;
const AFTER_A_BUFFER: u64 = 0x8_3000;
/// One that is as long as all of these.
const BUFFER: usize = 0x8_4000;
const READ_ONLY: u64 = 0x9_0000;

/// The endianness of a map is that of its words.
#[expect(dead_code, reason = "it is here to be compiled")]
fn swapped(bar: &Bar<Swapped>) -> u32 {
    bar.read(Swapped::LIVENESS)
}
