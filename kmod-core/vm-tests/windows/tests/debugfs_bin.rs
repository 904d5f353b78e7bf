// SPDX-License-Identifier: GPL-2.0-only
//! Files of bytes in debugfs: each answers as C's, at every offset; they go with their module or their device.

mod bytes;
mod off;
mod support;

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bytes::same_bytes_as_in_c;
use kmod_test::{Parity, errno, expect_report, fault, load, load_twin, until};
use off::is_off;
use support::{same_at_every_offset, write};

const ROOT: &str = "/sys/kernel/debug";
const DRIVER: &str = "/sys/bus/platform/drivers/vm_windows_bin";
const EIO: i32 = 5;
const EFAULT: i32 = 14;
const EFBIG: i32 = 27;
const ENODEV: i32 = 19;
const ENOSPC: i32 = 28;

/// The files, of ours and the twin's.
fn both(name: &str) -> [String; 2] {
    ["vm_windows", "vm_windows_c"].map(|module| format!("{ROOT}/{module}/bin/{name}"))
}

fn ours(name: &str) -> String {
    both(name)[0].clone()
}

/// What those are called that the twin has with functions of its own.
const NAMES: [&str; 5] = ["blob", "eeprom", "endless", "few", "bin_sink"];

#[test]
fn what_is_written_and_what_is_read_are_as_in_c() {
    if is_off() {
        return;
    }
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in NAMES {
        same_bytes_as_in_c(&mut parity, name, &both(name));
    }
    // This one is C's `debugfs_create_blob()`.
    same_at_every_offset(&mut parity, "bytes", &both("bytes"));
    for end in [
        SeekFrom::End(0),
        SeekFrom::End(-3),
        SeekFrom::Start(7),
        SeekFrom::Current(-1),
    ] {
        parity.case(
            format!("{end:?}"),
            both("blob").map(|path| errno(File::open(path).unwrap().seek(end))),
        );
    }
    parity.end();
}

#[test]
fn reads_and_writes_go_on_where_the_last_one_ended() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(ours("blob"))
        .unwrap();
    file.write_all(b"abc").unwrap();
    file.write_all(b"def").unwrap();
    let mut rest = Vec::new();
    file.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, [0; 26]);
    assert_eq!(errno(file.write(b"x")), Err(EFBIG), "behind the end");
    assert_eq!(&fs::read(ours("blob")).unwrap()[..7], b"abcdef\0");
    // More than a page takes more than one read.
    let all = fs::read(ours("endless")).unwrap();
    assert_eq!(all.len(), 9000);
    assert!((0..9000).all(|at| usize::from(all[at]) == at % 251));
}

#[test]
fn memory_that_is_not_there_is_an_error() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    let file = File::open(ours("blob")).unwrap();
    let read = errno(fault::read_into_unmapped(&file, 8));
    assert_eq!(read.map(|_| ()), Err(EFAULT));
}

#[test]
fn what_a_handler_says_it_took_is_at_most_what_there_was() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    // It claims more.
    assert_eq!(write(&ours("few"), b"abc"), Ok(3));
    assert_eq!(write(&ours("endless"), b"abc"), Err(ENOSPC));
}

fn of_card(card: u32, name: &str) -> String {
    format!("{ROOT}/vm_windows/bin{card}/{name}")
}

fn bind(how: &str) {
    fs::write(format!("{DRIVER}/{how}"), "vm_windows_bin.1").unwrap();
}

#[test]
fn files_of_a_device_go_with_it() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    for _ in 0..3 {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(of_card(1, "blob"))
            .unwrap();
        assert_eq!(errno(file.write_at(b"7", 1)), Ok(1));
        assert_eq!(fs::read(of_card(1, "blob")).unwrap(), b"\x007\0\0");
        assert_eq!(fs::read(of_card(0, "blob")).unwrap(), [0; 4]);
        bind("unbind");
        assert_eq!(errno(file.write_at(b"8", 0)), Err(EIO));
        assert_eq!(errno(file.read_at(&mut [0; 8], 0)), Err(EIO));
        assert!(!fs::exists(format!("{ROOT}/vm_windows/bin1")).unwrap());
        bind("bind");
    }
}

#[test]
fn a_handler_that_sleeps_ends_when_its_device_goes() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    let reader = thread::spawn(|| errno(fs::read(of_card(1, "sleeping"))));
    until(|| fs::read_to_string("/proc/vm_windows/i64").unwrap() != "0\n");
    bind("unbind");
    assert_eq!(reader.join().unwrap(), Err(ENODEV));
}

#[test]
fn what_is_not_visible_is_not_there() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    let is_there = |card: u32| fs::exists(of_card(card, "first")).unwrap();
    assert_eq!([0, 1].map(is_there), [true, false]);
}

#[test]
fn an_open_file_keeps_the_module() {
    if is_off() {
        return;
    }
    let module = load(&[]).unwrap();
    let file = File::open(ours("blob")).unwrap();
    let (module, _busy) = module.unload().unwrap_err();
    assert_eq!(errno(file.read_at(&mut [0; 8], 0)), Ok(8));
    drop(file);
    drop(module);
}

#[test]
fn it_goes_under_readers_and_writers() {
    if is_off() {
        return;
    }
    // The kernel's own race, of C's files, too: as in the test of texts.
    expect_report("full_proxy_open").unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for path in [
            ours("blob"),
            ours("eeprom"),
            ours("bytes"),
            of_card(1, "blob"),
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
            let mut module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                bind(how);
            }
            // Somebody has a file open, most of the time.
            while let Err((kept, _)) = module.unload() {
                module = kept;
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
}
