// SPDX-License-Identifier: GPL-2.0-only
//! A driver of QEMU's `pci-testdev` that does what Rust-for-Linux's sample `rust_driver_pci` does, so that both can be
//! compared; `twin` is the same in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Has QEMU's test card count one write
#[kernel_module(name = "vm_testdev", license = "GPL")]
#[derive(Default)]
struct Testdev {
    #[pci_driver(ids = [(0x1b36, 0x0005) => TestIndex(0)])]
    vm_testdev: Driver,
}

struct TestIndex(u8);

#[registers(size = 0x1000)]
struct Regs {
    #[wo(0x00)]
    test: u8,
    #[ro(0x04)]
    offset: u32,
    #[ro(0x08)]
    data: u8,
    #[ro(0x0c)]
    count: u32,
    /// Where a test is written to.
    #[wo(0x10)]
    tests: [u8; 0xff0],
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;
    type Id = TestIndex;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        let regs = pci.map::<Regs>(0)?;
        regs.write(Regs::TEST, pci.id().0);
        let test = usize::try_from(regs.read(Regs::OFFSET))?.wrapping_sub(0x10);
        let test = Regs::TESTS.get(test).ok_or(EINVAL)?;
        // To write the data there increases the count.
        regs.write(test, regs.read(Regs::DATA));
        let count = regs.read(Regs::COUNT);
        dev_info!(pci, "pci-testdev data-match count: {count}");
        Ok(Card::default())
    }
}

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    regs: Bar<Regs>,
}
