// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's `e1000e`, which has five interrupts, each of a cause that can be raised by writing it.

use kmod_core::prelude::*;

use crate::number;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Nic;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Nic> {
        Ok(Nic::default())
    }

    fn remove(&self, nic: &Nic) {
        nic.registers.write(E1000e::MASK, u32::MAX);
    }
}

/// Those for interrupts.
#[registers(size = 0x100)]
struct E1000e {
    /// What was raised; ones clear.
    #[rw(0xc0)]
    raised: u32,
    #[wo(0xc8)]
    raise: u32,
    #[rw(0xd0)]
    enable: u32,
    #[wo(0xd8)]
    mask: u32,
    /// The vector of each cause, four bits each: 8 and its number.
    #[rw(0xe4)]
    vectors: u32,
}

/// The bit of a cause.
fn bit(cause: usize) -> u32 {
    1 << (20 + cause)
}

#[device]
#[derive(Default)]
pub(crate) struct Nic {
    #[bar(index = 0)]
    registers: Bar<E1000e>,
    #[irq]
    rx0: Irq<Cause<0>>,
    #[irq(vector = 1)]
    rx1: Irq<Cause<1>>,
    #[irq(vector = 2)]
    tx0: Irq<Cause<2>>,
    #[irq(vector = 3)]
    tx1: Irq<ByThread>,
    #[irq(vector = 4)]
    other: Irq<Cause<4>>,
    /// How often each was handled.
    #[sysfs]
    counts: [AtomicU32; 5],
    /// Raises the causes that are written, as bits, one after the other.
    #[sysfs(mode = 0o200)]
    raise: Raise,
    done: Completion,
    lock: Mutex<()>,
}

impl Nic {
    fn handled(&self, cause: usize) -> IrqReturn {
        // QEMU sends some messages twice.
        if self.registers.read(E1000e::RAISED) & bit(cause) == 0 {
            return IrqReturn::None;
        }
        self.registers.write(E1000e::RAISED, bit(cause));
        self.counts[cause].fetch_add(1, Ordering::Relaxed);
        self.done.complete();
        IrqReturn::Handled
    }
}

#[derive(Default)]
struct Cause<const N: usize>;

#[handlers]
impl<const N: usize> IrqHandler for Cause<N> {
    type Instance = Nic;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        if N == 4 {
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
    type Instance = Nic;

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        let nic = irq.instance();
        let _lock = nic.lock.lock();
        nic.handled(3);
    }
}

#[derive(Default)]
struct Raise;

#[handlers]
impl SysfsFile for Raise {
    type Instance = Nic;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let nic = file.instance();
        let causes = number(text)?;
        nic.registers.write(E1000e::VECTORS, 0x000c_ba98);
        nic.registers.write(E1000e::ENABLE, 0x1f << 20);
        for cause in (0..5).filter(|cause| causes & 1 << cause != 0) {
            nic.done.reinit();
            nic.registers.write(E1000e::RAISE, bit(cause));
            nic.done.wait()?;
        }
        Ok(())
    }
}

macro_rules! others {
    ($driver:ident, $device:ident) => {
        #[derive(Default)]
        pub(crate) struct $driver;

        #[handlers]
        impl PciDriver for $driver {
            type Device = $device;

            fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<$device> {
                Ok($device::default())
            }
        }
    };
}

others!(Some, TwoOfFour);
others!(Many, TooMany);

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
    #[irq(kinds(msix, msi))]
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
