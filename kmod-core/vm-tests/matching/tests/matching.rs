// SPDX-License-Identifier: GPL-2.0-only
//! Devices are found as from C, whichever way, and what is said of each is that of the way it was found.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kmod_test::{Kmsg, Loaded, errno, load, load_named, load_twin, modinfo};

const ENODEV: i32 = 19;

const DEVICES: &str = "/sys/bus/platform/devices";

fn driver_of(device: &str) -> Option<String> {
    let driver = fs::read_link(Path::new(DEVICES).join(device).join("driver")).ok()?;
    Some(driver.file_name()?.to_str()?.to_owned())
}

/// Has a driver bind a device, by hand.
fn give(driver: &str, device: &str) -> Result<(), i32> {
    let given = Path::new(DEVICES).join(device).join("driver_override");
    fs::write(&given, driver).unwrap();
    let bind = Path::new("/sys/bus/platform/drivers").join(driver);
    let bound = errno(fs::write(bind.join("bind"), device));
    fs::write(&given, "\n").unwrap();
    bound
}

/// Whether devices are ACPI's here, or a device tree's.
fn has_acpi() -> bool {
    Path::new("/sys/firmware/acpi").exists()
}

/// What was found while a module was loaded: devices, and what is said of them.
fn found(load: impl Fn() -> std::io::Result<Loaded>) -> BTreeSet<String> {
    let mut log = Kmsg::mark().unwrap();
    let others = load_named("vm_matching_one", &[]).unwrap();
    let module = load().unwrap();
    assert_eq!(driver_of("vm-matching-none"), None);
    let lines = log.lines().unwrap();
    drop(module);
    drop(others);
    let found = lines.iter().filter_map(|line| line.split_once("found "));
    found.map(|(_, what)| what.to_owned()).collect()
}

#[test]
fn aliases_are_those_of_c() {
    for kind in ["platform", "acpi", "of"] {
        let of = |module| modinfo(module, &format!("alias={kind}")).unwrap();
        let ours = of("vm_matching");
        assert_eq!(ours, of("vm_matching_c"), "{kind}");
        assert!(ours.len() >= 2, "{kind}: {ours:?}");
    }
}

#[test]
fn devices_are_found_as_from_c() {
    let ours = found(|| load(&[]));
    // It is found from C, too, but kernels before 7.3 do not say in which row.
    let of_c = found(|| load_twin(&[]));
    let of_c = of_c
        .iter()
        .map(|what| what.replace("PRP0001:00 ?", "PRP0001:00 all"));
    assert_eq!(ours, of_c.collect::<BTreeSet<_>>());
    let expected: &[&str] = if has_acpi() {
        &[
            "KMOD0A01:00 hid",
            "KMOD0A0F:00 cid",
            "KMOD0A03:00 plain",
            "QEMU0002:00 fw_cfg",
        ]
    } else {
        &["9020000.fw-cfg fw_cfg"]
    };
    let own = ["vm_matching_all.0 own", "vm_matching_all.1 own"];
    let others = ["vm-matching-one one", "vm_matching_plain plain"];
    for what in expected.iter().chain(&own).chain(&others) {
        assert!(ours.contains(*what), "{what}: {ours:?}");
    }
}

#[test]
fn acpi_says_what_a_device_is_compatible_with() {
    if !has_acpi() {
        return;
    }
    let ours = found(|| load(&[]));
    assert!(ours.contains("PRP0001:00 all"), "{ours:?}");
    // The first of its words that the driver has.
    assert!(ours.contains("PRP0001:01 2"), "{ours:?}");
}

#[test]
fn what_is_in_no_table_is_bound_where_nothing_is_said() {
    let others = load_named("vm_matching_one", &[]).unwrap();
    let module = load(&[]).unwrap();
    for driver in ["vm_matching_all", "vm_matching_of"] {
        assert_eq!(give(driver, "vm-matching-none"), Err(ENODEV), "{driver}");
    }
    assert_eq!(give("vm_matching_plain", "vm-matching-none"), Ok(()));
    assert_eq!(
        driver_of("vm-matching-none").as_deref(),
        Some("vm_matching_plain")
    );
    // It is found, but not by what another driver's table says of it.
    let drivers = Path::new("/sys/bus/platform/drivers");
    fs::write(drivers.join("vm_matching_all/unbind"), "vm-matching-one").unwrap();
    assert_eq!(give("vm_matching_of", "vm-matching-one"), Err(ENODEV));
    assert_eq!(give("vm_matching_plain", "vm-matching-one"), Ok(()));
    drop(module);
    drop(others);
}
