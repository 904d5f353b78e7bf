// SPDX-License-Identifier: GPL-2.0-only
//! A driver's registers, interrupts and memory; and its card, bound and unbound. Each driver has a card.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rustix::io::pwrite;

use crate::clock::{self, Costs, Method};

const NAMES: [&str; 2] = ["bench_pci", "bench_pci_c"];

const DEVICES: &str = "/sys/bus/pci/devices";

/// The operations, by the byte of the node that is written to, and the turns of a loop.
const OPERATIONS: [(&str, usize); 7] = [
    ("", 1000),
    ("register read", 1000),
    ("register write", 1000),
    ("interrupt, raised and handled", 100),
    // The card takes its time.
    ("DMA, to the card and back", 4),
    ("register read, mapped() once", 1000),
    ("register write, mapped() once", 1000),
];

pub fn measure() -> io::Result<()> {
    let cards = cards()?;
    for (card, name) in cards.iter().zip(NAMES) {
        fs::write(Path::new(DEVICES).join(card).join("driver_override"), name)?;
    }
    let _ours = kmod_test::load_named(NAMES[0], &[])?;
    let _twin = kmod_test::load_named(NAMES[1], &[])?;
    for (operation, turns) in &OPERATIONS[1..] {
        // The call without a loop is taken off.
        let empty = clock::least(&costs(0, *turns)?);
        let index = OPERATIONS.iter().position(|(name, _)| name == operation);
        let mut costs = costs(index.unwrap_or_default(), *turns)?;
        for pair in &mut costs {
            *pair = [0, 1].map(|side| (pair[side] - empty[side]).max(0.0) / *turns as f64);
        }
        clock::tell(operation, &costs);
    }
    bind(&cards)
}

/// The names of two cards.
fn cards() -> io::Result<[String; 2]> {
    let is_edu = |path: &PathBuf| {
        fs::read_to_string(path.join("device")).is_ok_and(|device| device == "0x11e8\n")
    };
    let paths = fs::read_dir(DEVICES)?.flatten().map(|entry| entry.path());
    let mut names: Vec<_> = paths
        .filter(is_edu)
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
        .try_into()
        .map_err(|names| io::Error::other(format!("two cards are to be there: {names:?}")))
}

/// Of one write to this byte.
fn costs(at: usize, turns: usize) -> io::Result<Costs> {
    let open = |name: &str| {
        let path = format!("/dev/{name}0");
        OpenOptions::new().write(true).open(path)
    };
    let (ours, twin) = (open(NAMES[0])?, open(NAMES[1])?);
    let buffer = vec![0; turns];
    let once = |file: &fs::File| match pwrite(file, &buffer, at as u64)? {
        n if n == turns => Ok(()),
        n => Err(io::Error::other(format!("{n} of {turns} bytes"))),
    };
    clock::costs(Method { calls: 1, warm: 5 }, [&ours, &twin], once)
}

fn bind(cards: &[String; 2]) -> io::Result<()> {
    let side = |index: usize| {
        let driver = Path::new("/sys/bus/pci/drivers").join(NAMES[index]);
        (
            driver.join("unbind"),
            driver.join("bind"),
            cards[index].clone(),
        )
    };
    let once = |(unbind, bind, card): &(PathBuf, PathBuf, String)| {
        fs::write(unbind, card)?;
        fs::write(bind, card)
    };
    let method = Method { calls: 1, warm: 5 };
    let costs = clock::costs(method, [&side(0), &side(1)], once)?;
    clock::tell("remove and probe", &costs);
    Ok(())
}
