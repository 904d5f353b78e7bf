// SPDX-License-Identifier: GPL-2.0-only
//! The watchdog of Intel's 6300ESB, which QEMU has, too.
//!
//! It counts twice: when the first stage is over it may raise an interrupt, which is not used here, and when the
//! second one is, it resets the machine. Each write to its counters has to be announced by two others, so that a
//! kernel that has gone wild does not keep it quiet by chance. Registers are as in chapter 15 of the chip's data sheet.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Drives the watchdog of the 6300ESB
#[kernel_module(name = "i6300esb", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Module {
    #[pci_driver(ids = [(0x8086, 0x25ab)])]
    i6300esb: Driver,
}

/// Of the configuration space: how it counts, and what comes of it.
const CONFIG: u16 = 0x60;
/// Stages of 1 ms instead of 1 µs; it resets the machine; the first stage has no interrupt.
const MILLISECONDS_NO_IRQ: u16 = 3;

/// Of the configuration space: whether it counts, and whether that can be changed.
const LOCK: u16 = 0x68;
const LOCKED: u8 = 1;
const ENABLED: u8 = 1 << 1;

/// In memory.
#[registers(size = 0x10)]
struct Registers {
    /// How long a stage takes, in 20 bits.
    #[rw(0x00)]
    first: u32,
    #[rw(0x04)]
    second: u32,
    /// What it is told, and whether it has reset the machine.
    #[rw(0x0c)]
    reload: u16,
}

/// Announces a write.
const UNLOCK: [u16; 2] = [0x80, 0x86];
/// Count anew.
const RELOAD: u16 = 1 << 8;
/// It has reset the machine; written, it forgets that.
const TIMED_OUT: u16 = 1 << 9;

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        if pci.read_config::<u8>(LOCK)? & LOCKED != 0 {
            dev_warn!(pci, "firmware has locked it");
            return Err(ENODEV);
        }
        pci.write_config(CONFIG, MILLISECONDS_NO_IRQ)?;
        let registers = pci.map::<Registers>(0)?;
        if registers.read(Registers::RELOAD) & TIMED_OUT != 0 {
            dev_warn!(pci, "it has reset the machine");
            for unlock in UNLOCK {
                registers.write(Registers::RELOAD, unlock);
            }
            registers.write(Registers::RELOAD, TIMED_OUT);
        }
        Ok(Card::default())
    }
}

/// The chip.
#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    registers: Bar<Registers>,
    #[bus]
    config: PciConfig,
    #[watchdog(
        identity = "i6300ESB",
        timeout = 30,
        max_timeout = 2046,
        stop_on_unregister = 1
    )]
    watchdog: Watchdog<Dog>,
}

impl Card {
    /// A write of what must be announced.
    fn announced(&self, write: impl FnOnce(&Bar<Registers>)) {
        for unlock in UNLOCK {
            self.registers.write(Registers::RELOAD, unlock);
        }
        write(&self.registers);
    }

    /// Each stage takes half of the time.
    fn set(&self, seconds: u32) {
        let stage = seconds * 512;
        self.announced(|registers| registers.write(Registers::FIRST, stage));
        self.announced(|registers| registers.write(Registers::SECOND, stage));
        self.reload();
    }

    fn reload(&self) {
        self.announced(|registers| registers.write(Registers::RELOAD, RELOAD));
    }
}

#[derive(Default)]
struct Dog;

#[handlers]
impl WatchdogOps for Dog {
    type Instance = Card;

    fn start(&self, watchdog: &WatchdogCall<'_, Self>, timeout: u32) -> Result {
        let card = watchdog.instance();
        card.set(timeout);
        card.config.write_config(LOCK, ENABLED)
    }

    fn stop(&self, watchdog: &WatchdogCall<'_, Self>) -> Result {
        let card = watchdog.instance();
        card.reload();
        card.config.write_config(LOCK, 0_u8)?;
        match card.config.read_config::<u8>(LOCK)? & ENABLED {
            0 => Ok(()),
            _ => Err(EINVAL),
        }
    }

    fn ping(&self, watchdog: &WatchdogCall<'_, Self>) -> Result {
        watchdog.instance().reload();
        Ok(())
    }

    fn set_timeout(&self, watchdog: &WatchdogCall<'_, Self>, timeout: u32) -> Result<u32> {
        watchdog.instance().set(timeout);
        Ok(timeout)
    }
}
