// SPDX-License-Identifier: GPL-2.0-only
//! Files of many rows, in `/proc` and debugfs: read as C's at every offset, by small pieces, after seeks; whole
//! under concurrent writers and when the module goes.

mod support;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kmod_test::{Kmsg, Parity, errno, expect_report, load, load_twin};
use support::{same_at_every_offset, write};

const EIO: i32 = 5;
const EINVAL: i32 = 22;

/// The files of ours and the twin's, in each of the two file systems that is there.
fn all(name: &str) -> Vec<[String; 2]> {
    let folders = ["/proc", "/sys/kernel/debug"].map(|folder| {
        ["vm_windows", "vm_windows_c"].map(|module| format!("{folder}/{module}/{name}"))
    });
    let there = folders.into_iter();
    there.filter(|both| fs::exists(&both[0]).unwrap()).collect()
}

fn set(name: &str, value: &str) {
    for module in ["vm_windows", "vm_windows_c"] {
        write(&format!("/proc/{module}/{name}"), value.as_bytes()).unwrap();
    }
}

/// Reads in pieces of this size until the end, or an error.
fn pieces(file: &mut File, size: usize) -> (Vec<u8>, Result<(), i32>) {
    let (mut all, mut piece) = (Vec::new(), vec![0; size]);
    loop {
        match errno(file.read(&mut piece)) {
            Ok(0) => return (all, Ok(())),
            Ok(n) => all.extend_from_slice(&piece[..n]),
            Err(error) => return (all, Err(error)),
        }
    }
}

#[test]
fn rows_are_read_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for rows in ["0", "1", "4", "3000"] {
        set("u32", rows);
        for both in all("rows") {
            let of = format!("{}, {rows}", both[0]);
            same_at_every_offset(&mut parity, &of, &both);
            for size in [1, 100, 4096, 70_000] {
                // One byte at a time takes long in a VM.
                if size == 1 && rows == "3000" {
                    continue;
                }
                parity.case(
                    format!("{of} in pieces of {size}"),
                    both.each_ref()
                        .map(|path| pieces(&mut File::open(path).unwrap(), size)),
                );
            }
            parity.case(
                format!("{of}, seeks"),
                both.each_ref().map(|path| {
                    let mut file = File::open(path).unwrap();
                    let places = [
                        SeekFrom::Start(5000),
                        SeekFrom::Start(3),
                        SeekFrom::Current(4000),
                        SeekFrom::Current(-7000),
                        SeekFrom::End(0),
                        SeekFrom::Start(1 << 40),
                        SeekFrom::Start(0),
                    ];
                    places.map(|to| {
                        let at = errno(file.seek(to));
                        let mut data = vec![0; 50];
                        (at, errno(file.read(&mut data)), data)
                    })
                }),
            );
        }
    }
    parity.end();
}

#[test]
fn a_row_that_fails_ends_what_is_before_it() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    set("u32", "3000");
    set("bool", "y");
    for both in all("rows") {
        for size in [100, 4096, 70_000] {
            parity.case(
                format!("{} in pieces of {size}", both[0]),
                both.each_ref()
                    .map(|path| pieces(&mut File::open(path).unwrap(), size)),
            );
        }
    }
    parity.end();
}

#[test]
fn a_row_that_does_not_go_on_is_an_error() {
    let _module = load(&[]).unwrap();
    let read = errno(fs::read("/proc/vm_windows/backwards"));
    assert_eq!(read, Err(EINVAL));
}

/// Those that are always there.
const KEPT: std::ops::Range<u64> = 0..100;

#[test]
fn rows_that_stay_are_there_once_whoever_changes_others() {
    let _module = load(&[]).unwrap();
    let path = "/proc/vm_windows/keys";
    for key in KEPT {
        write(path, format!("{}", key * 2).as_bytes()).unwrap();
    }
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for first in [1, 3] {
            let stop = &stop;
            scope.spawn(move || {
                // A key that is there is taken away by being written again.
                for key in (first..KEPT.end * 2).step_by(4).cycle() {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    write(path, format!("{key}").as_bytes()).unwrap();
                    // The reader comes to the lock, too.
                    thread::sleep(Duration::from_micros(200));
                }
            });
        }
        for size in [4, 5, 50, 4096] {
            let (text, end) = pieces(&mut File::open(path).unwrap(), size);
            assert_eq!(end, Ok(()));
            let text = String::from_utf8(text).unwrap();
            let keys: Vec<u64> = text.lines().map(|line| line.parse().unwrap()).collect();
            assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
            let seen: BTreeSet<u64> = keys.into_iter().collect();
            assert!(KEPT.into_iter().all(|key| seen.contains(&(key * 2))));
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn an_open_file_does_not_keep_the_module() {
    let module = load(&[]).unwrap();
    write("/proc/vm_windows/u32", b"3000").unwrap();
    let mut file = File::open("/proc/vm_windows/rows").unwrap();
    let mut some = [0; 100];
    file.read_exact(&mut some).unwrap();
    drop(module);
    assert_eq!(errno(file.read(&mut some)), Err(EIO));
    assert_eq!(errno(file.rewind()), Err(EINVAL));
}

#[test]
fn it_goes_under_readers() {
    // The kernel's own race, of C's files, too, as the tests of debugfs say.
    expect_report("full_proxy_open").unwrap();
    let mut log = Kmsg::mark().unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for path in [
            "/proc/vm_windows/rows",
            "/proc/vm_windows/keys",
            "/sys/kernel/debug/vm_windows/node1/rows",
        ] {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = write("/proc/vm_windows/u32", b"900");
                    let _ = File::open(path).map(|mut file| pieces(&mut file, 500));
                }
            });
        }
        for _ in 0..5 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                let driver = "/sys/bus/platform/drivers/vm_windows_node";
                fs::write(format!("{driver}/{how}"), "vm_windows_node.1").unwrap();
            }
            // Files in debugfs keep it.
            let mut left = Some(module);
            while let Some(module) = left.take() {
                left = module.unload().err().map(|(module, _)| module);
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    let lines = log.lines().unwrap();
    let warns = |line: &&String| line.contains("buggy");
    assert_eq!(lines.iter().find(warns), None);
}
