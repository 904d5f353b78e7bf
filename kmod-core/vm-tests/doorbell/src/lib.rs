// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's `ivshmem-doorbell`: cards that share memory and ring each other, an interrupt for each of their vectors;
//! `twin` is the same in C.
#![no_std]
#![forbid(unsafe_code)]

mod few;

use kmod_core::prelude::*;

/// Rings other cards, and is rung
#[kernel_module(name = "vm_doorbell", license = "GPL")]
#[derive(Default)]
struct Doorbells {
    #[pci_driver(name = "vm_doorbell", ids = [(0x1af4, 0x1110)])]
    cards: DefaultDriver<Card>,
    #[pci_driver(name = "vm_doorbell_few", ids = [(0x1234, 0x0001)])]
    few: DefaultDriver<few::Card>,
    #[pci_driver(name = "vm_doorbell_long", ids = [(0x1234, 0x0002)])]
    long: DefaultDriver<few::TooLong>,
}

/// How many bells a card has.
const BELLS: usize = 4;

/// BAR 0.
#[registers(size = 0x100)]
struct Registers {
    #[rw(0x00)]
    mask: u32,
    #[rc(0x04)]
    status: u32,
    /// What clears the status is read; what is written is there.
    #[wo(0x04, alias = status)]
    set_status: u32,
    /// Which peer the card is.
    #[ro(0x08)]
    position: u32,
    #[wo(0x0c)]
    doorbell: Ring,
}

/// Whom to ring.
#[bits(u32)]
struct Ring {
    #[bit(0..=15)]
    vector: u16,
    #[bit(16..=31)]
    peer: u16,
}

/// BAR 2.
#[registers(size = 0x10_0000)]
struct Shared {
    #[rw(0x00)]
    words: [u32; 0x4_0000],
}

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    registers: Bar<Registers>,
    #[bar(index = 2)]
    memory: Bar<Shared>,
    #[irq(kinds(msix))]
    bells: [Irq<Bell>; BELLS],
    /// How often each was rung.
    #[sysfs]
    counts: [AtomicU32; BELLS],
    /// What is written to the doorbell whenever the last one is rung, or 0.
    #[sysfs(mode = 0o600)]
    echo: AtomicU32,
    #[sysfs]
    position: Position,
    #[sysfs(mode = 0o200)]
    ring: Doorbell,
    #[sysfs(mode = 0o600)]
    mask: Mask,
    #[sysfs(mode = 0o600)]
    status: Status,
    #[sysfs(mode = 0o600)]
    word: Word,
    #[misc(name = "vm_doorbell{index}", mode = 0o600)]
    node: Node,
    rung: WaitQueue,
}

impl Card {
    fn all(&self) -> u32 {
        let counts = self
            .counts
            .iter()
            .map(|count| count.load(Ordering::Relaxed));
        counts.fold(0, u32::wrapping_add)
    }
}

#[derive(Default)]
struct Bell;

#[handlers]
impl IrqHandler for Bell {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let (card, index) = (irq.instance(), irq.index());
        card.counts[index].fetch_add(1, Ordering::Relaxed);
        card.rung.wake_up();
        let echo = card.echo.load(Ordering::Relaxed);
        if index == BELLS - 1 && echo != 0 {
            card.registers.write(Registers::DOORBELL, Ring::new(echo));
        }
        IrqReturn::Handled
    }
}

/// What is written to a file: numbers.
fn number(text: &str) -> Result<u32> {
    kmod_core::str::parse(text)
}

fn text(bytes: &[u8]) -> Result<&str> {
    let text = core::str::from_utf8(bytes).map_err(|_| EINVAL)?;
    Ok(text.trim_ascii())
}

#[derive(Default)]
struct Position;

#[handlers]
impl SysfsFile for Position {
    type Instance = Card;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let position = file.instance().registers.read(Registers::POSITION);
        writeln!(to, "{position}")
    }
}

#[derive(Default)]
struct Doorbell;

#[handlers]
impl SysfsFile for Doorbell {
    type Instance = Card;

    /// Peer and vector.
    fn store(&self, file: &SysfsCall<'_, Self>, bytes: &[u8]) -> Result {
        let (peer, vector) = text(bytes)?.split_once(' ').ok_or(EINVAL)?;
        let (peer, vector) = (number(peer)?.try_into()?, number(vector)?.try_into()?);
        let ring = Ring::new(0).with_peer(peer).with_vector(vector);
        file.instance().registers.write(Registers::DOORBELL, ring);
        Ok(())
    }
}

#[derive(Default)]
struct Mask;

#[handlers]
impl SysfsFile for Mask {
    type Instance = Card;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let mask = file.instance().registers.read(Registers::MASK);
        writeln!(to, "{mask:#x}")
    }

    fn store(&self, file: &SysfsCall<'_, Self>, bytes: &[u8]) -> Result {
        let registers = &file.instance().registers;
        registers.write(Registers::MASK, number(text(bytes)?)?);
        Ok(())
    }
}

#[derive(Default)]
struct Status;

#[handlers]
impl SysfsFile for Status {
    type Instance = Card;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let status = file.instance().registers.take(Registers::STATUS);
        writeln!(to, "{status:#x}")
    }

    fn store(&self, file: &SysfsCall<'_, Self>, bytes: &[u8]) -> Result {
        let registers = &file.instance().registers;
        registers.write(Registers::SET_STATUS, number(text(bytes)?)?);
        Ok(())
    }
}

/// The last word of the memory.
#[derive(Default)]
struct Word;

#[handlers]
impl SysfsFile for Word {
    type Instance = Card;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let memory = &file.instance().memory;
        writeln!(to, "{:#x}", memory.read(Shared::WORDS.nth::<0x3_ffff>()))
    }

    fn store(&self, file: &SysfsCall<'_, Self>, bytes: &[u8]) -> Result {
        let memory = &file.instance().memory;
        memory.write(Shared::WORDS.nth::<0x3_ffff>(), number(text(bytes)?)?);
        Ok(())
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    /// Sleeps until the card is rung once more.
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let card = file.instance();
        let before = card.all();
        card.rung.wait(|| card.all() != before)?;
        writeln!(to, "rung")
    }

    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map_bar(&file.instance().memory)
    }
}
