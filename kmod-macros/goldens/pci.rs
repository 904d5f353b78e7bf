// SPDX-License-Identifier: GPL-2.0-only
/// Drives cards.
#[kernel_module(name = "cards", license = "GPL")]
struct Cards {
    #[pci_driver(name = "card", ids = [(0x1234, 0x11e8) => Model::A, (0x1234, 0x11e9, 0x1af4, _) => Model::B])]
    driver: Driver,
}

#[handlers]
impl PciDriver for Driver {
    type Device = Card;
    type Id = Model;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        Err(ENODEV)
    }

    fn reset_done(&self, card: &Card) {}
}

/// One card.
#[device]
struct Card {
    #[bar(index = 0)]
    uart: Bar<Uart>,
    #[dma]
    ring: DmaBuf<[u64; 16]>,
    #[runtime_pm(autosuspend = 500)]
    power: RuntimePm,
    #[irq(kinds(msi, intx))]
    irq: Irq<Raised>,
    #[irq(vector = 1)]
    queues: [Irq<Raised>; 4],
    count: AtomicU32,
}

#[handlers]
impl IrqHandler for Raised {
    type Instance = Card;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}

/// Its registers.
#[registers(size = 0x100, endian = big)]
pub struct Uart {
    /// What was received.
    #[ro(0x00)]
    pub receive: u32,
    #[wo(0x00)]
    send: u32,
    #[rw(0x40)]
    divisors: [Divisor; 8],
}

/// A divisor.
#[bits(u16)]
struct Divisor {
    /// Whether it is in use.
    #[bit(15)]
    enabled: bool,
    #[bit(0..=11)]
    value: u16,
    #[bit(12..14)]
    kind: Kind,
}

#[derive(BitsEnum)]
enum Kind {
    Whole = 0,
    Half = 2,
}
