// SPDX-License-Identifier: GPL-2.0-only
//! What the tests of one card's interrupts and of several's share.

use std::fs;
use std::path::{Path, PathBuf};

use kmod_test::errno;

pub const ENODEV: i32 = 19;
pub const ENOSPC: i32 = 28;

/// The devices of this number, in their order.
pub fn devices(number: &str) -> Vec<PathBuf> {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let mut found: Vec<_> = all
        .map(|entry| entry.path())
        .filter(|path| fs::read_to_string(path.join("device")).unwrap().trim() == number)
        .collect();
    found.sort();
    found
}

pub fn bind(driver: &str, how: &str, device: &Path) -> Result<(), i32> {
    let name = device.file_name().unwrap().to_str().unwrap();
    let driver = Path::new("/sys/bus/pci/drivers").join(driver);
    errno(fs::write(driver.join(how), name))
}

/// Binds a driver that has to be asked for.
pub fn bind_instead(driver: &str, device: &Path) -> Result<(), i32> {
    fs::write(device.join("driver_override"), driver).unwrap();
    let bound = bind(driver, "bind", device);
    fs::write(device.join("driver_override"), "\n").unwrap();
    bound
}

pub fn read(device: &Path, file: &str) -> String {
    fs::read_to_string(device.join(file))
        .unwrap()
        .trim_end()
        .to_owned()
}

/// What stands behind the numbers in `/proc/interrupts`, in lines with this text, in order.
pub fn named(text: &str) -> Vec<String> {
    let all = fs::read_to_string("/proc/interrupts").unwrap();
    let names = all.lines().filter(|line| line.contains(text));
    let mut names: Vec<_> = names
        .flat_map(|line| line.split_whitespace())
        .filter(|word| word.contains(text))
        .map(|word| word.trim_end_matches(',').to_owned())
        .collect();
    names.sort();
    names
}
