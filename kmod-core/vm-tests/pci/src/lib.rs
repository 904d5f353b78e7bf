// SPDX-License-Identifier: GPL-2.0-only
//! PCI drivers: one of QEMU's `edu`, and some of its `pci-testdev` that cannot be bound.
#![no_std]
#![forbid(unsafe_code)]

mod between;
mod card;
mod dma;
mod other;
mod power;
mod quiet;
mod refused;
mod reset;

use card::{Edu, Model};
use kmod_core::prelude::*;
use refused::{Half, NarrowStream, OfPorts, TooLong, TooNarrow};

/// Drives what QEMU has for tests
#[kernel_module(
    name = "vm_pci",
    license = "GPL",
    params(
        /// The errno of the next `probe`, or 0
        #[param(perm = 0o644)]
        fail: u32 = 0,
        /// Whether `probe` resets a card
        #[param(perm = 0o644)]
        resets: bool = false,
    ),
)]
#[derive(Default)]
struct Pci {
    #[pci_driver(
        name = "vm_pci_edu",
        ids = [
            (0x1234, 0x11e8) => Model::Edu,
            (0x1234, 0x11e9, 0x1af4, _) => Model::Other,
        ],
    )]
    edu: card::Driver,
    #[pci_driver(name = "vm_pci_quiet", ids = [(0x1234, 0x0001)])]
    quiet: quiet::Driver,
    #[pci_driver(name = "vm_pci_dma", ids = [(0x1234, 0x0002)])]
    dma: dma::Driver,
    #[pci_driver(name = "vm_pci_power", ids = [(0x1234, 0x0003)])]
    power: power::Driver,
    #[pci_driver(name = "vm_pci_reset", ids = [(0x1234, 0x0004)])]
    reset: reset::Driver,
    #[pci_driver(name = "vm_pci_late", ids = [(0x1234, 0x0005)])]
    late: reset::Late,
    #[pci_driver(name = "vm_pci_between", ids = [(0x1234, 0x0006)])]
    between: between::Driver,
    #[platform_driver(name = "vm_pci_own", devices = 1)]
    own: power::Own,
    #[pci_driver(name = "vm_pci_short", ids = [(0x1b36, 0x0005)])]
    short: DefaultDriver<TooLong>,
    #[pci_driver(name = "vm_pci_ports", ids = [(0x1b36, 0x0005)])]
    ports: DefaultDriver<OfPorts>,
    #[pci_driver(name = "vm_pci_halves", ids = [(0x1b36, 0x0005)])]
    halves: DefaultDriver<Half>,
    #[pci_driver(name = "vm_pci_narrow", ids = [(0x1b36, 0x0005)])]
    narrow: DefaultDriver<TooNarrow>,
    #[pci_driver(name = "vm_pci_stream", ids = [(0x1b36, 0x0005)])]
    stream: DefaultDriver<NarrowStream>,
    #[sysfs(mode = 0o600)]
    others: other::Others,
    /// No attribute: nobody maps it.
    inert: Bar<Edu>,
    /// What a device's registers were read as by its `remove`, and by its `Drop`.
    #[misc(mode = 0o444)]
    vm_pci_last: Last,
}

/// What was read of the last device to go.
static REMOVED: AtomicU32 = AtomicU32::new(0);
static DROPPED: AtomicU32 = AtomicU32::new(0);
/// How many have gone.
static GONE: AtomicU32 = AtomicU32::new(0);

#[derive(Default)]
struct Last;

#[file_operations]
impl FileOperations for Last {
    type Module = Pci;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let inert = &file.module().inert;
        inert.write(Edu::LIVENESS, 1);
        let counts = [&REMOVED, &DROPPED, &GONE].map(|count| count.load(Ordering::Relaxed));
        let inert = inert.read(Edu::LIVENESS);
        writeln!(
            to,
            "{:x} {:x} {:x} {:x}",
            counts[0], counts[1], counts[2], inert
        )
    }
}
