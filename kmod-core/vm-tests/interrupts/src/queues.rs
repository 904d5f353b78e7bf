// SPDX-License-Identifier: GPL-2.0-only
//! Arrays of interrupts: on vectors of their own, and on one line.

use kmod_core::prelude::*;

use crate::card::Edu;
use crate::number;
use crate::rocker::Rocker;

/// How many queues there are.
const QUEUES: usize = 3;

drivers! {
    Driver: Switch;
    Pair: Card;
    Many: TooMany;
}

/// QEMU's `rocker`, of whose interrupts three are alike, and stand behind another one.
#[device]
#[derive(Default)]
pub(crate) struct Switch {
    #[bar(index = 0)]
    registers: Bar<Rocker>,
    #[irq]
    other: Irq<Queue>,
    #[irq(vector = 1)]
    queues: [Irq<Queue>; QUEUES],
    /// How often each was handled, the other one as the last; and by its thread.
    #[sysfs]
    counts: [AtomicU32; QUEUES + 1],
    #[sysfs]
    threads: [AtomicU32; QUEUES + 1],
    /// The lines of the array.
    #[sysfs]
    lines: Lines,
    /// Raises the interrupts that are written, as bits, one after the other.
    #[sysfs(mode = 0o200)]
    raise: Raise,
    done: Completion,
}

/// Each has one of its own.
#[derive(Default)]
struct Queue {
    handled: AtomicU32,
}

impl Switch {
    /// The queue of an interrupt, and its place in the counts: the other one's is the last.
    fn queue<'a>(&'a self, queue: &Queue, irq: &IrqCall<'_, Queue>) -> (&'a Queue, usize) {
        if core::ptr::eq(queue, self.other.handler()) {
            return (self.other.handler(), QUEUES);
        }
        let index = irq.index();
        (self.queues[index].handler(), index)
    }
}

#[handlers]
impl IrqHandler for Queue {
    type Instance = Switch;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let switch = irq.instance();
        let (own, place) = switch.queue(self, irq);
        if !core::ptr::eq(own, self) {
            return IrqReturn::None;
        }
        switch.counts[place].store(
            1 + self.handled.fetch_add(1, Ordering::Relaxed),
            Ordering::Relaxed,
        );
        IrqReturn::WakeThread
    }

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        let switch = irq.instance();
        let (own, place) = switch.queue(self, irq);
        if core::ptr::eq(own, self) {
            switch.threads[place].fetch_add(1, Ordering::Relaxed);
            switch.done.complete();
        }
    }
}

#[derive(Default)]
struct Lines;

#[handlers]
impl SysfsFile for Lines {
    type Instance = Switch;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        for irq in &file.instance().queues {
            write!(to, "{} ", irq.line().unwrap_or_default())?;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Raise;

#[handlers]
impl SysfsFile for Raise {
    type Instance = Switch;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let switch = file.instance();
        let vectors = number(text)?;
        let registers = switch.registers.mapped()?;
        for vector in (0..4).filter(|vector| vectors & 1 << vector != 0) {
            switch.done.reinit();
            registers.write(Rocker::RAISE, vector);
            switch.done.wait()?;
        }
        Ok(())
    }
}

/// QEMU's `edu`, which has one line for both.
#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[irq(kinds(intx))]
    halves: [Irq<Half>; 2],
    #[sysfs]
    counts: [AtomicU32; 2],
    #[sysfs(mode = 0o200)]
    raise: RaiseHalf,
    done: Completion,
}

#[derive(Default)]
struct Half;

#[handlers]
impl IrqHandler for Half {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let card = irq.instance();
        let raised = card.edu.read(Edu::RAISED) & 0xffff << (16 * irq.index());
        if raised == 0 || raised == u32::MAX {
            return IrqReturn::None;
        }
        card.edu.write(Edu::ACKNOWLEDGE, raised);
        card.counts[irq.index()].fetch_add(1, Ordering::Relaxed);
        card.done.complete();
        IrqReturn::Handled
    }
}

#[derive(Default)]
struct RaiseHalf;

#[handlers]
impl SysfsFile for RaiseHalf {
    type Instance = Card;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let card = file.instance();
        card.done.reinit();
        card.edu.write(Edu::RAISE, number(text)?);
        card.done.wait()
    }
}

/// More than there are.
#[device]
#[derive(Default)]
pub(crate) struct TooMany {
    #[irq(kinds(msix))]
    all: [Irq<Nothing>; 6],
}

#[derive(Default)]
struct Nothing;

#[handlers]
impl IrqHandler for Nothing {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}
