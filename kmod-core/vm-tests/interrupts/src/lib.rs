// SPDX-License-Identifier: GPL-2.0-only
//! Interrupts: many of one card, some that share a line, those of platform devices, and what goes wrong.
#![no_std]
#![forbid(unsafe_code)]

/// Drivers of devices that are their defaults.
macro_rules! drivers {
    ($($driver:ident: $device:ident;)*) => {$(
        #[derive(Default)]
        pub(crate) struct $driver;

        #[handlers]
        impl PciDriver for $driver {
            type Device = $device;

            fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<$device> {
                Ok($device::default())
            }
        }
    )*};
}

mod card;
mod lines;
mod queues;
mod rocker;

use kmod_core::prelude::*;

/// Drives what has interrupts
#[kernel_module(name = "vm_interrupts", license = "GPL")]
#[derive(Default)]
struct Interrupts {
    #[pci_driver(name = "vm_irq_rocker", ids = [(0x1b36, 0x0006)])]
    rocker: rocker::Driver,
    #[pci_driver(name = "vm_irq_some", ids = [(0x1234, 0x0001)])]
    some: rocker::Some,
    #[pci_driver(name = "vm_irq_many", ids = [(0x1234, 0x0002)])]
    many: rocker::Many,
    #[pci_driver(name = "vm_irq_card", ids = [(0x1234, 0x11e8)])]
    card: card::Driver,
    #[pci_driver(name = "vm_irq_deaf", ids = [(0x1234, 0x0003)])]
    deaf: card::Deaf,
    #[pci_driver(name = "vm_irq_unlike", ids = [(0x1234, 0x0004)])]
    unlike: card::Unlike,
    #[pci_driver(name = "vm_irq_queues", ids = [(0x1234, 0x0005)])]
    queues: queues::Driver,
    #[pci_driver(name = "vm_irq_pair", ids = [(0x1234, 0x0006)])]
    pair: queues::Pair,
    #[pci_driver(name = "vm_irq_array", ids = [(0x1234, 0x0007)])]
    array: queues::Many,
    #[platform_driver(name = "vm_irq_lines")]
    lines: lines::Driver,
}

/// What is written to a file: a number.
fn number(text: &[u8]) -> Result<u32> {
    let text = core::str::from_utf8(text).map_err(|_| EINVAL)?;
    kmod_core::str::parse(text.trim_ascii())
}
