// SPDX-License-Identifier: GPL-2.0-only
//! Files of bytes in sysfs: each answers as C's, at every offset; they go with their module or their device.

mod bytes;
mod support;

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bytes::same_bytes_as_in_c;
use kmod_test::{Kmsg, Parity, errno, load, load_twin};
use support::write;

const ENODEV: i32 = 19;
const ENOSPC: i32 = 28;

const DRIVER: &str = "/sys/bus/platform/drivers/vm_windows_bin";

/// The files, of ours and the twin's, which are in a folder.
fn both(name: &str) -> [String; 2] {
    ["vm_windows", "vm_windows_c/below"].map(|folder| format!("/sys/module/{folder}/{name}"))
}

fn ours(name: &str) -> String {
    both(name)[0].clone()
}

/// What they are called.
const NAMES: [&str; 6] = ["blob", "eeprom", "endless", "few", "bytes", "bin_sink"];

/// Those in folders.
const GROUPED: [&str; 2] = ["limits/blob", "raw/few"];

/// Those of the misc device.
const OF_NODE: [&str; 4] = ["blob", "eeprom", "limits/bytes", "raw/few"];

#[test]
fn what_is_written_and_what_is_read_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in NAMES.into_iter().chain(GROUPED) {
        same_bytes_as_in_c(&mut parity, name, &both(name));
    }
    for name in OF_NODE {
        let both =
            ["vm_windows", "vm_windows_c"].map(|device| format!("/sys/class/misc/{device}/{name}"));
        same_bytes_as_in_c(&mut parity, &format!("of the device: {name}"), &both);
    }
    parity.end();
}

#[test]
fn a_group_is_there_while_files_are_in_it() {
    let module = load(&[]).unwrap();
    let names = |folder: &str| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    // Texts and bytes are in one.
    assert_eq!(names(&ours("limits")), ["blob", "level", "low"]);
    assert_eq!(names(&ours("raw")), ["few"]);
    let card = |card: u32| format!("/sys/devices/platform/vm_windows_bin.{card}/raw");
    assert_eq!(names(&card(0)), ["blob", "first"]);
    assert_eq!(names(&card(1)), ["blob"]);
    let blob = File::open(format!("{}/blob", card(1))).unwrap();
    assert_eq!(write(&format!("{}/blob", card(1)), b"7"), Ok(1));
    fs::write(format!("{DRIVER}/unbind"), "vm_windows_bin.1").unwrap();
    assert_eq!(errno(blob.read_at(&mut [0; 8], 0)), Err(ENODEV));
    assert!(!fs::exists(card(1)).unwrap());
    fs::write(format!("{DRIVER}/bind"), "vm_windows_bin.1").unwrap();
    assert_eq!(fs::read(format!("{}/blob", card(1))).unwrap(), [0; 4]);
    drop(module);
    assert!(!fs::exists(card(0)).unwrap());
}

#[test]
fn what_a_handler_says_it_took_is_at_most_what_there_was() {
    let _module = load(&[]).unwrap();
    // It claims more.
    assert_eq!(write(&ours("few"), b"abc"), Ok(3));
    assert_eq!(write(&ours("endless"), b"abc"), Err(ENOSPC));
}

#[test]
fn an_open_file_does_not_keep_the_module() {
    let module = load(&[]).unwrap();
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(ours("blob"))
        .unwrap();
    drop(module);
    assert_eq!(errno(file.read_at(&mut [0; 8], 0)), Err(ENODEV));
    assert_eq!(errno(file.write_at(b"x", 0)), Err(ENODEV));
}

#[test]
fn files_of_a_device_go_with_it() {
    let _module = load(&[]).unwrap();
    let path = "/sys/devices/platform/vm_windows_bin.1/blob";
    let file = File::open(path).unwrap();
    assert_eq!(write(path, b"7"), Ok(1));
    assert_eq!(fs::read(path).unwrap(), b"7\0\0\0");
    let other = fs::read("/sys/devices/platform/vm_windows_bin.0/blob").unwrap();
    assert_eq!(other, [0; 4]);
    fs::write(format!("{DRIVER}/unbind"), "vm_windows_bin.1").unwrap();
    assert_eq!(errno(file.read_at(&mut [0; 8], 0)), Err(ENODEV));
    assert!(!fs::exists(path).unwrap());
    fs::write(format!("{DRIVER}/bind"), "vm_windows_bin.1").unwrap();
    assert_eq!(fs::read(path).unwrap(), [0; 4]);
}

#[test]
fn what_is_not_visible_is_not_there() {
    let _module = load(&[]).unwrap();
    let is_there = |card: u32| {
        fs::exists(format!(
            "/sys/devices/platform/vm_windows_bin.{card}/bin_first"
        ))
        .unwrap()
    };
    assert_eq!([0, 1].map(is_there), [true, false]);
    let is_there =
        |card: u32| fs::exists(format!("/sys/class/misc/vm_windows_bin{card}/bin_first")).unwrap();
    assert_eq!([0, 1].map(is_there), [true, false]);
}

#[test]
fn it_goes_under_readers_and_writers() {
    let mut log = Kmsg::mark().unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for path in [
            ours("blob"),
            ours("eeprom"),
            ours("bytes"),
            ours("limits/blob"),
            "/sys/devices/platform/vm_windows_bin.1/blob".to_owned(),
            "/sys/devices/platform/vm_windows_bin.1/raw/blob".to_owned(),
            "/sys/class/misc/vm_windows/limits/bytes".to_owned(),
            "/sys/class/misc/vm_windows_bin1/blob".to_owned(),
        ] {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::read(&path);
                    let _ = write(&path, b"9 0 7");
                }
            });
        }
        for _ in 0..5 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                fs::write(format!("{DRIVER}/{how}"), "vm_windows_bin.1").unwrap();
            }
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("Call Trace")),
        "{lines:?}"
    );
}
