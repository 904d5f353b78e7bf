// SPDX-License-Identifier: GPL-2.0-only
//! Device numbers without a device.

use std::fs::{self, File};

use kmod_test::{TempDir, char_major, load, mknod};

const ENXIO: i32 = 6;

#[test]
fn the_numbers_are_listed_while_loaded() {
    assert!(char_major("vm_region").is_err());
    let module = load(&[]).unwrap();
    assert_ne!(char_major("vm_region").unwrap(), 0);
    module.unload().unwrap();
    assert!(char_major("vm_region").is_err());
}

#[test]
fn the_module_knows_its_major_number() {
    let _module = load(&[]).unwrap();
    let major = fs::read_to_string("/dev/vm_region_major").unwrap();
    assert_eq!(
        major.trim_end(),
        char_major("vm_region").unwrap().to_string()
    );
}

#[test]
fn there_is_no_device_behind_them() {
    let _module = load(&[]).unwrap();
    let dir = TempDir::new().unwrap();
    let major = char_major("vm_region").unwrap();
    for minor in 0..5 {
        let node = dir.join(&minor.to_string());
        mknod(&node, major, minor).unwrap();
        let error = File::open(node).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(ENXIO), "minor {minor}");
    }
}
