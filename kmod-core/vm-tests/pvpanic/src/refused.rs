// SPDX-License-Identifier: GPL-2.0-only
//! Drivers that ask for what the card, or the machine, does not have.

use kmod_core::prelude::*;

/// It has no message signalled interrupts.
#[derive(Default)]
pub(crate) struct Messages;

#[handlers]
impl PciDriver for Messages {
    type Device = Told;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Told> {
        Ok(Told::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Told {
    #[misc(name = "vm_pvpanic_told")]
    node: Node,
    #[irq(kinds(msi, msix))]
    irq: Irq<Raised>,
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {}

#[derive(Default)]
struct Raised;

#[handlers]
impl IrqHandler for Raised {
    fn handle(&self, _irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

/// No memory has such addresses.
#[derive(Default)]
pub(crate) struct Mask;

#[handlers]
impl PciDriver for Mask {
    type Device = Reached;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Reached> {
        let refused = [0, 65, 255].map(|bits| pci.dma_set_mask(bits));
        let few = pci.dma_set_mask(1);
        pr_info!("masks: {refused:?} {few:?}");
        few?;
        Ok(Reached::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Reached {}
