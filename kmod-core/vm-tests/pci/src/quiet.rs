// SPDX-License-Identifier: GPL-2.0-only
//! A driver of `edu` for whom it must be asked, by `driver_override`: its interrupt has a thread only.

use kmod_core::prelude::*;

use crate::card::Edu;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Quiet;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Quiet> {
        Ok(Quiet::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Quiet {
    #[bar(index = 0)]
    edu: Bar<Edu>,
    #[irq(kinds(msi))]
    irq: Irq<Thread>,
    #[misc(name = "vm_pci_quiet{index}", mode = 0o666)]
    node: Node,
    ran: Completion,
    lock: Mutex<()>,
    raised: AtomicU32,
}

#[derive(Default)]
struct Thread;

#[handlers]
impl IrqHandler for Thread {
    type Instance = Quiet;

    fn thread(&self, irq: &IrqCall<'_, Self>) {
        let card = irq.instance();
        // It may sleep.
        let _lock = card.lock.lock();
        let raised = card.edu.read(Edu::RAISED);
        card.edu.write(Edu::ACKNOWLEDGE, raised);
        card.raised.store(raised, Ordering::Relaxed);
        card.ran.complete();
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Quiet;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.instance().raised.load(Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let value = from.parse()?;
        let card = file.instance();
        card.edu.write(Edu::RAISE, value);
        card.ran.wait()
    }
}
