// SPDX-License-Identifier: GPL-2.0-only
#![deny(warnings)]

use kmod_core::prelude::*;

/// Drives cards
#[kernel_module(name = "cards", license = "GPL")]
#[derive(Default)]
struct Cards {
    #[pci_driver(ids = [(0x1234, 0x11e8) => Model::First, (0x1234, 0x11e9, 0x1af4, _) => Model::Second])]
    cards: Driver,
    #[pci_driver(name = "others", ids = [(0x1234, _)])]
    others: Other,
}

/// What an id says.
enum Model {
    First,
    Second,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Module = Cards;
    type Device = Card;
    type Id = Model;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        if pci.map::<Map>(2)?.read(Map::MODES.get(1).ok_or(EINVAL)?).mode()? == Mode::Off {
            return Err(ENODEV);
        }
        match pci.id() {
            Model::First => Ok(Card::default()),
            Model::Second => Err(ENXIO),
        }
    }

    fn shutdown(&self, card: &Card) {
        card.map.write(Map::COMMAND, 0);
    }

    fn reset_prepare(&self, card: &Card) {
        card.map.write(Map::COMMAND, 0);
    }

    fn reset_done(&self, card: &Card) {
        card.map.write(Map::COMMAND, 1);
    }
}

#[derive(Default)]
struct Other;

#[handlers]
impl PciDriver for Other {
    type Device = Card;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
        Err(ENODEV)
    }
}

/// One card.
#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    map: Bar<Map>,
    #[cfg(target_pointer_width = "64")]
    #[bar(index = 2)]
    other: Bar<Map>,
}

/// Its registers.
#[registers(size = 0x10)]
struct Map {
    #[ro(0x00)]
    status: u64,
    #[wo(0x00)]
    command: u64,
    #[cfg(any())]
    #[rw(0x00)]
    left_out: u8,
    #[rw(0x08)]
    modes: [Modes; 2],
    #[rw(0x0c)]
    r#type: u8,
}

/// Modes.
#[bits(u16)]
#[derive(Debug, PartialEq)]
struct Modes {
    /// The mode.
    #[bit(4..6)]
    mode: Mode,
    #[bit(0..=3)]
    r#type: u8,
}

/// A mode.
#[derive(BitsEnum, Debug, PartialEq)]
enum Mode {
    Off,
    On = 3,
}

fn main() {
    let modes = Modes::new(0).with_mode(Mode::On).with_type(5);
    assert_eq!((modes.mode(), modes.r#type(), modes.word()), (Ok(Mode::On), 5, 0x35));
    assert_eq!(Modes::new(0x10).mode(), Err(EINVAL));
    assert_eq!(Bar::<Map>::new().read(Map::TYPE), 0xff);
}
