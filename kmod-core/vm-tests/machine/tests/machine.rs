// SPDX-License-Identifier: GPL-2.0-only
//! A driver for another machine does not let its module load, as in C, and nothing stays.

use std::path::Path;

use kmod_test::{Kmsg, errno, is_loaded, load, load_twin, modinfo};

const ENODEV: i32 = 19;

#[test]
fn aliases_are_those_of_c() {
    let of = |module| modinfo(module, "alias=dmi").unwrap();
    assert_eq!(of("vm_machine"), of("vm_machine_c"));
    assert_eq!(of("vm_machine").len(), 3);
}

#[test]
fn a_driver_for_another_machine_does_not_load() {
    let mut log = Kmsg::mark().unwrap();
    assert_eq!(errno(load(&[])).err(), Some(ENODEV));
    let lines = log.lines().unwrap();
    assert_eq!(errno(load_twin(&[])).err(), Some(ENODEV));
    // The one for this machine had been bound.
    let found = "found vm_machine of Some(3)";
    assert!(lines.iter().any(|line| line.contains(found)), "{lines:?}");
    assert!(!is_loaded("vm_machine"));
    for name in ["vm_machine", "vm_machine_elsewhere"] {
        for place in ["devices", "drivers"] {
            let path = Path::new("/sys/bus/platform").join(place).join(name);
            assert!(!path.exists(), "{}", path.display());
        }
    }
}
