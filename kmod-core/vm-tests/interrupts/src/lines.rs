// SPDX-License-Identifier: GPL-2.0-only
//! A platform device with two interrupts, which the C module `vm_interrupts_lines` makes and raises.

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Lines;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Lines> {
        Ok(Lines::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Lines {
    #[irq(index = 1)]
    second: Irq<Line<1>>,
    #[irq(index = 0)]
    first: Irq<Line<0>>,
    #[sysfs]
    counts: [AtomicU32; 2],
    /// How often the first one's thread ran.
    #[sysfs]
    threads: AtomicU32,
}

#[derive(Default)]
struct Line<const N: usize>;

#[handlers]
impl<const N: usize> IrqHandler for Line<N> {
    type Instance = Lines;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        irq.instance().counts[N].fetch_add(1, Ordering::Relaxed);
        if N == 0 {
            IrqReturn::WakeThread
        } else {
            IrqReturn::Handled
        }
    }

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        irq.instance().threads.fetch_add(1, Ordering::Relaxed);
    }
}
