// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's switch `rocker`, which has four interrupts; writing a register raises one.

use kmod_core::prelude::*;

use crate::number;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Switch;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Switch> {
        Ok(Switch::default())
    }
}

/// Those for tests.
#[registers(size = 0x100)]
pub(crate) struct Rocker {
    /// Raises the interrupt of this number.
    #[wo(0x20)]
    pub(crate) raise: u32,
}

#[device]
#[derive(Default)]
pub(crate) struct Switch {
    #[bar(index = 0)]
    registers: Bar<Rocker>,
    #[irq]
    command: Irq<Vector<0>>,
    #[irq(vector = 1)]
    event: Irq<Vector<1>>,
    #[irq(vector = 2)]
    test: Irq<ByThread>,
    #[irq(vector = 3)]
    other: Irq<Vector<3>>,
    /// How often each was handled.
    #[sysfs]
    counts: [AtomicU32; 4],
    /// Raises the interrupts that are written, as bits, one after the other.
    #[sysfs(mode = 0o200)]
    raise: Raise,
    done: Completion,
    lock: Mutex<()>,
}

impl Switch {
    fn handled(&self, vector: usize) -> IrqReturn {
        self.counts[vector].fetch_add(1, Ordering::Relaxed);
        self.done.complete();
        IrqReturn::Handled
    }
}

#[derive(Default)]
struct Vector<const N: usize>;

#[handlers]
impl<const N: usize> IrqHandler for Vector<N> {
    type Instance = Switch;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        if N == 3 {
            return IrqReturn::WakeThread;
        }
        irq.instance().handled(N)
    }

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        irq.instance().handled(N);
    }
}

#[derive(Default)]
struct ByThread;

#[handlers]
impl IrqHandler for ByThread {
    type Instance = Switch;

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        let switch = irq.instance();
        let _lock = switch.lock.lock();
        switch.handled(2);
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
        for vector in (0..4).filter(|vector| vectors & 1 << vector != 0) {
            switch.done.reinit();
            switch.registers.write(Rocker::RAISE, vector);
            switch.done.wait()?;
        }
        Ok(())
    }
}

drivers! {
    Some: TwoOfFour;
    Many: TooMany;
}

/// Not all of those that it is given, and not in their order.
#[device]
#[derive(Default)]
pub(crate) struct TwoOfFour {
    #[irq(vector = 3, kinds(msix))]
    last: Irq<Nothing>,
    #[irq(vector = 1)]
    second: Irq<Nothing>,
    #[cfg(target_os = "windows")]
    #[irq(vector = 2000)]
    not_there: Irq<Nothing>,
}

/// More than there are.
#[device]
#[derive(Default)]
pub(crate) struct TooMany {
    #[irq(kinds(msix))]
    first: Irq<Nothing>,
    #[irq(vector = 5)]
    sixth: Irq<Nothing>,
}

#[derive(Default)]
struct Nothing;

#[handlers]
impl IrqHandler for Nothing {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}
