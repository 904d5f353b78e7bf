// SPDX-License-Identifier: GPL-2.0-only
//! A device that is registered by half is taken back whole.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use kmod_test::{char_major, expect_report, is_loaded, load, load_twin, node_number};

#[test]
fn half_a_device_is_taken_back() {
    let devices = fs::read_to_string("/proc/devices").unwrap();
    let misc = fs::read_to_string("/proc/misc").unwrap();
    expect_report("cannot create duplicate filename").unwrap();
    // EEXIST, of which newer kernels make EBUSY: insmod says EEXIST for a module that is loaded.
    let of_c = load_twin(&[]).unwrap_err();
    for _ in 0..2 {
        expect_report("cannot create duplicate filename").unwrap();
        let error = load(&[]).unwrap_err();
        assert_eq!(error.raw_os_error(), of_c.raw_os_error());
        assert!(!is_loaded("vm_clash"));
        assert!(!Path::new("/dev/vm_first0").exists());
        assert!(!Path::new("/sys/class/vm_first").exists());
        assert_eq!(fs::read_to_string("/proc/misc").unwrap(), misc);
        assert_eq!(fs::read_to_string("/proc/devices").unwrap(), devices);
    }
    // The class's owner still has it.
    assert_eq!(char_major("mem").unwrap(), 1);
    assert_eq!(node_number("/dev/null").unwrap(), (1, 3));
    assert!(Path::new("/sys/class/mem/null").exists());
}

#[test]
fn devices_of_a_table_are_taken_back_when_one_of_them_fails() {
    let devices = fs::read_to_string("/proc/devices").unwrap();
    let _taken = load_twin(&["minor=242"]).unwrap();
    let misc = fs::read_to_string("/proc/misc").unwrap();
    for _ in 0..2 {
        let error = load(&[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResourceBusy);
        assert!(!is_loaded("vm_clash"));
        assert!(!Path::new("/dev/vm_early").exists());
        assert!(!Path::new("/dev/vm_first0").exists());
        assert_eq!(fs::read_to_string("/proc/misc").unwrap(), misc);
        assert_eq!(fs::read_to_string("/proc/devices").unwrap(), devices);
    }
}
