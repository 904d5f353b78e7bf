// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's `edu`, of which two cards share a line, and each has two handlers on it.

use kmod_core::prelude::*;

use crate::number;

/// What of BAR 0 has to do with interrupts.
#[registers(size = 0x100)]
pub(crate) struct Edu {
    #[ro(0x24)]
    pub(crate) raised: u32,
    #[wo(0x60)]
    pub(crate) raise: u32,
    #[wo(0x64)]
    pub(crate) acknowledge: u32,
}

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }
}

/// It has one interrupt of its own, so that the two share the line.
#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[irq]
    low: Irq<Half<0>>,
    #[irq(vector = 1)]
    high: Irq<Half<1>>,
    /// How often the halves were raised; and whether another's interrupt was seen by them.
    #[sysfs]
    counts: [AtomicU32; 2],
    #[sysfs]
    others: [AtomicU8; 2],
    #[sysfs]
    line: Line,
    #[sysfs(mode = 0o200)]
    raise: Raise,
    done: Completion,
}

/// What the low or the high half of what was raised is for.
#[derive(Default)]
struct Half<const N: usize>;

#[handlers]
impl<const N: usize> IrqHandler for Half<N> {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let card = irq.instance();
        let raised = card.edu.read(Edu::RAISED) & [0xffff, 0xffff_0000][N];
        if raised == 0 {
            card.others[N].store(1, Ordering::Relaxed);
            return IrqReturn::None;
        }
        card.edu.write(Edu::ACKNOWLEDGE, raised);
        card.counts[N].fetch_add(1, Ordering::Relaxed);
        card.done.complete();
        IrqReturn::Handled
    }
}

#[derive(Default)]
struct Line;

#[handlers]
impl SysfsFile for Line {
    type Instance = Card;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let card = file.instance();
        writeln!(to, "{:?} {:?}", card.low.line(), card.high.line())
    }
}

#[derive(Default)]
struct Raise;

#[handlers]
impl SysfsFile for Raise {
    type Instance = Card;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let card = file.instance();
        card.done.reinit();
        card.edu.write(Edu::RAISE, number(text)?);
        card.done.wait()
    }
}

#[derive(Default)]
pub(crate) struct Deaf;

#[handlers]
impl PciDriver for Deaf {
    type Device = DeafCard;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<DeafCard> {
        let edu = pci.map::<Edu>(0)?;
        // Whatever was raised before.
        edu.write(Edu::ACKNOWLEDGE, u32::MAX);
        Ok(DeafCard::default())
    }

    fn remove(&self, card: &DeafCard) {
        card.edu.write(Edu::ACKNOWLEDGE, u32::MAX);
    }
}

/// Its interrupt never stops.
#[device]
#[derive(Default)]
pub(crate) struct DeafCard {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[irq(kinds(intx))]
    irq: Irq<Unheard>,
    #[sysfs]
    count: AtomicU32,
    #[sysfs(mode = 0o200)]
    start: Start,
}

#[derive(Default)]
struct Unheard;

#[handlers]
impl IrqHandler for Unheard {
    type Instance = DeafCard;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        irq.instance().count.fetch_add(1, Ordering::Relaxed);
        IrqReturn::None
    }
}

#[derive(Default)]
struct Start;

#[handlers]
impl SysfsFile for Start {
    type Instance = DeafCard;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        file.instance().edu.write(Edu::RAISE, number(text)?);
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct Unlike;

#[handlers]
impl PciDriver for Unlike {
    type Device = Two;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Two> {
        Ok(Two::default())
    }
}

/// Two that cannot share a line: one is masked until its thread is done.
#[device]
#[derive(Default)]
pub(crate) struct Two {
    #[irq(kinds(intx))]
    first: Irq<AtOnce>,
    #[irq(vector = 1)]
    second: Irq<Later>,
}

#[derive(Default)]
struct AtOnce;

#[handlers]
impl IrqHandler for AtOnce {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

#[derive(Default)]
struct Later;

#[handlers]
impl IrqHandler for Later {
    fn thread(&self, _irq: &IrqCall<'_, Self>) {}
}
