// SPDX-License-Identifier: GPL-2.0-only
//! What a host can be told of crashes is read, and told, as from C.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kmod_test::{Kmsg, Loaded, errno, load, load_twin, modinfo};

const EIO: i32 = 5;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

/// The card.
fn card() -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let is_it = |card: &PathBuf| fs::read_to_string(card.join("device")).unwrap() == "0x0011\n";
    all.map(|entry| entry.path()).find(is_it).unwrap()
}

/// The file of the card.
fn file() -> PathBuf {
    card().join("events")
}

fn bind(driver: &str, how: &str) -> Result<(), i32> {
    let card = card();
    let name = card.file_name().unwrap().to_str().unwrap();
    let driver = Path::new("/sys/bus/pci/drivers").join(driver);
    errno(fs::write(driver.join(how), name))
}

#[test]
fn events_are_those_of_c() {
    let seen = |load: fn(&[&str]) -> io::Result<Loaded>| {
        let module = load(&[]).unwrap();
        let text = fs::read_to_string(file()).unwrap();
        assert_eq!(fs::read_to_string(file()).unwrap(), text);
        drop(module);
        text
    };
    let ours = seen(load);
    assert_eq!(ours, seen(load_twin));
    assert!(ours.starts_with("true "), "{ours}");
    assert!(
        modinfo("vm_pvpanic", "alias=")
            .unwrap()
            .is_superset(&modinfo("vm_pvpanic_c", "alias=").unwrap())
    );
}

#[test]
fn what_the_card_or_the_machine_does_not_have_is_refused() {
    let module = load(&[]).unwrap();
    bind("vm_pvpanic", "unbind").unwrap();
    let mut log = Kmsg::mark().unwrap();
    for (driver, error) in [("vm_pvpanic_messages", EINVAL), ("vm_pvpanic_mask", EIO)] {
        let given = card().join("driver_override");
        fs::write(&given, driver).unwrap();
        let bound = bind(driver, "bind");
        // Old kernels say that no driver took it.
        assert!(
            bound == Err(error) || bound == Err(ENODEV),
            "{driver}: {bound:?}"
        );
        fs::write(&given, "\n").unwrap();
        assert!(!card().join("driver").exists());
    }
    assert!(!Path::new("/dev/vm_pvpanic_told").exists());
    let lines = log.lines().unwrap();
    for text in [
        "1 interrupts of the kinds that its driver takes are not there",
        "masks: [Err(EINVAL), Err(EINVAL), Err(EINVAL)] Err(EIO)",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(text)),
            "{text}: {lines:?}"
        );
    }
    bind("vm_pvpanic", "bind").unwrap();
    assert!(file().exists());
    drop(module);
}
