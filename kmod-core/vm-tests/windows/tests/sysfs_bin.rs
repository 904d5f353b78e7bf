// SPDX-License-Identifier: GPL-2.0-only
//! Files of bytes in sysfs: each answers as C's, at every offset; they go with their module or their device.

mod support;

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, Parity, errno, fault, load, load_twin};
use support::{same_at_every_offset, write};

const ENODEV: i32 = 19;
const ENOSPC: i32 = 28;

const DRIVER: &str = "/sys/bus/platform/drivers/vm_windows_node";

/// The files, of ours and the twin's, which are in a folder.
fn both(name: &str) -> [String; 2] {
    ["vm_windows", "vm_windows_c/below"].map(|folder| format!("/sys/module/{folder}/{name}"))
}

fn ours(name: &str) -> String {
    both(name)[0].clone()
}

/// What they are called.
const NAMES: [&str; 6] = ["blob", "eeprom", "endless", "few", "bytes", "bin_sink"];

/// Where something is written, and how much.
const PLACES: [(u64, usize); 12] = [
    (0, 0),
    (0, 1),
    (0, 31),
    (0, 32),
    (0, 33),
    (7, 5000),
    (31, 1),
    (31, 2),
    (32, 1),
    (4095, 2),
    (9_999, 10),
    (1 << 40, 1),
];

#[test]
fn what_is_written_and_what_is_read_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in NAMES {
        parity.case(
            name,
            both(name).map(|path| {
                let data = fs::metadata(path).unwrap();
                (data.mode(), data.len(), data.uid(), data.nlink())
            }),
        );
        let read = |parity: &mut Parity, of: &str| {
            parity.case(of, both(name).map(|path| errno(fs::read(path))));
        };
        read(&mut parity, name);
        for (at, len) in PLACES {
            let of = format!("{name} <- {len} at {at}");
            let bytes: Vec<u8> = (0..len).map(|i| (i * 7 + 3) as u8).collect();
            parity.case(
                &of,
                both(name).map(|path| {
                    let file = errno(OpenOptions::new().write(true).open(path));
                    file.map(|file| errno(file.write_at(&bytes, at)))
                }),
            );
            read(&mut parity, &of);
        }
        parity.case(
            format!("{name} <- memory that is not there"),
            both(name).map(|path| {
                errno(OpenOptions::new().write(true).open(path))
                    .map(|file| errno(fault::write_from_unmapped(&file, 5)))
            }),
        );
        if errno(fs::read(ours(name))).is_ok() {
            same_at_every_offset(&mut parity, name, &both(name));
        }
    }
    parity.end();
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
    let path = "/sys/devices/platform/vm_windows_node.1/blob";
    let file = File::open(path).unwrap();
    assert_eq!(write(path, b"7"), Ok(1));
    assert_eq!(fs::read(path).unwrap(), b"7\0\0\0");
    let other = fs::read("/sys/devices/platform/vm_windows_node.0/blob").unwrap();
    assert_eq!(other, [0; 4]);
    fs::write(format!("{DRIVER}/unbind"), "vm_windows_node.1").unwrap();
    assert_eq!(errno(file.read_at(&mut [0; 8], 0)), Err(ENODEV));
    assert!(!fs::exists(path).unwrap());
    fs::write(format!("{DRIVER}/bind"), "vm_windows_node.1").unwrap();
    assert_eq!(fs::read(path).unwrap(), [0; 4]);
}

#[test]
fn what_is_not_visible_is_not_there() {
    let _module = load(&[]).unwrap();
    let is_there = |card: u32| {
        fs::exists(format!(
            "/sys/devices/platform/vm_windows_node.{card}/bin_first"
        ))
        .unwrap()
    };
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
            "/sys/devices/platform/vm_windows_node.1/blob".to_owned(),
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
                fs::write(format!("{DRIVER}/{how}"), "vm_windows_node.1").unwrap();
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
