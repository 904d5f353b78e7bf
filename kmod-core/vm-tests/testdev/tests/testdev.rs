// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's test card counts what is written, as from C.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kmod_test::{Kmsg, Loaded, errno, load, load_twin, modinfo};

/// What the driver says of its card.
fn said(load: impl Fn() -> std::io::Result<Loaded>) -> Vec<String> {
    let mut log = Kmsg::mark().unwrap();
    let module = load().unwrap();
    let lines = log.lines().unwrap();
    drop(module);
    let said = lines
        .iter()
        .filter_map(|line| line.split_once("pci-testdev "));
    said.map(|(_, text)| text.to_owned()).collect()
}

#[test]
fn the_card_counts_as_from_c() {
    for _ in 0..2 {
        let ours = said(|| load(&[]));
        assert_eq!(ours, ["data-match count: 1"]);
        assert_eq!(ours, said(|| load_twin(&[])));
    }
    let aliases = |module| -> BTreeSet<String> { modinfo(module, "alias=").unwrap() };
    assert_eq!(aliases("vm_testdev"), aliases("vm_testdev_c"));
}

#[test]
fn of_two_drivers_for_one_id_the_first_has_it() {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let is_it = |card: &PathBuf| fs::read_to_string(card.join("device")).unwrap() == "0x0005\n";
    let card = all.map(|entry| entry.path()).find(is_it).unwrap();
    let name = card.file_name().unwrap().to_str().unwrap();
    let driver = || {
        let driver = fs::read_link(card.join("driver")).ok()?;
        Some(driver.file_name()?.to_str()?.to_owned())
    };
    let bind = |driver: &str, how: &str| {
        let driver = Path::new("/sys/bus/pci/drivers").join(driver);
        errno(fs::write(driver.join(how), name))
    };
    let ours = load(&[]).unwrap();
    let theirs = load_twin(&[]).unwrap();
    assert_eq!(driver().as_deref(), Some("vm_testdev"));
    assert!(bind("vm_testdev_c", "bind").is_err());
    bind("vm_testdev", "unbind").unwrap();
    bind("vm_testdev_c", "bind").unwrap();
    assert!(bind("vm_testdev", "bind").is_err());
    // The other one's goes, and the card is its no more.
    drop(ours);
    assert_eq!(driver().as_deref(), Some("vm_testdev_c"));
    let ours = load(&[]).unwrap();
    assert_eq!(driver().as_deref(), Some("vm_testdev_c"));
    drop(theirs);
    assert_eq!(driver(), None);
    bind("vm_testdev", "bind").unwrap();
    drop(ours);
}
