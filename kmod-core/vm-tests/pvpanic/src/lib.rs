// SPDX-License-Identifier: GPL-2.0-only
//! A driver of QEMU's `pvpanic-pci`, whose only register has the events that a host can be told of.
#![no_std]
#![forbid(unsafe_code)]

mod refused;

use kmod_core::prelude::*;

/// Tells the host of crashes
#[kernel_module(name = "vm_pvpanic", license = "GPL")]
#[derive(Default)]
struct Pvpanic {
    #[pci_driver(ids = [(0x1b36, 0x0011)])]
    vm_pvpanic: Driver,
    #[pci_driver(ids = [(0x1234, 0x0001)])]
    vm_pvpanic_messages: refused::Messages,
    #[pci_driver(ids = [(0x1234, 0x0002)])]
    vm_pvpanic_mask: refused::Mask,
}

#[registers(size = 1)]
struct Registers {
    #[rw(0x00)]
    events: Events,
}

#[bits(u8)]
struct Events {
    #[bit(0)]
    panicked: bool,
    /// Another kernel was loaded, and writes down what it finds.
    #[bit(1)]
    crash_loaded: bool,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        let events = pci.map::<Registers>(0)?.read(Registers::EVENTS);
        if !events.panicked() {
            return Err(ENODEV);
        }
        Ok(Card::default())
    }
}

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    registers: Bar<Registers>,
    /// What the host can be told.
    #[sysfs]
    events: Told,
}

#[derive(Default)]
struct Told;

#[handlers]
impl SysfsFile for Told {
    type Instance = Card;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let registers = file.instance().registers.mapped()?;
        let events = registers.read(Registers::EVENTS);
        // It goes on, unlike after the other one.
        registers.write(Registers::EVENTS, events.with_panicked(false));
        writeln!(to, "{} {}", events.panicked(), events.crash_loaded())
    }
}
