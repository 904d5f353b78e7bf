// SPDX-License-Identifier: GPL-2.0-only
//! Files below `/proc`: each answers as C's, to every input, and goes with its module.

mod support;
mod values;
mod whole;

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Parity, errno, load, load_twin};
use support::{same_at_every_offset, write};
use values::same_as_in_c;
use whole::{a_row_is_taken_as_a_whole, a_text_is_a_line};

/// The files, of ours and the twin's.
fn both(name: &str) -> [String; 2] {
    ["vm_windows", "vm_windows_c"].map(|module| match name {
        "top" => format!("/proc/{module}_top"),
        "driver" => format!("/proc/driver/{module}"),
        _ => format!("/proc/{module}/{name}"),
    })
}

/// What they are called.
const NAMES: [&str; 10] = [
    "u32", "i64", "bool", "bass", "fixed", "lines", "text", "sink", "top", "driver",
];

/// `EIO`
const EIO: i32 = 5;
const EINVAL: i32 = 22;

#[test]
fn what_is_written_and_what_is_shown_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in NAMES {
        same_as_in_c(&mut parity, name, &both(name));
    }
    parity.end();
}

#[test]
fn rows_and_texts_are_taken_whole() {
    let _module = load(&[]).unwrap();
    let [row, word] = ["row", "word"].map(|name| both(name)[0].clone());
    a_row_is_taken_as_a_whole(&row);
    a_text_is_a_line(&word);
    assert_eq!(write(&row, &[b' '; 4096]), Err(EINVAL));
    assert_eq!(write(&word, &[b'\n'; 4096]), Err(EINVAL));
}

#[test]
fn a_long_text_is_read_in_pieces_at_every_offset() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for lines in [0, 1, 500, 3000] {
        for path in both("u32") {
            write(&path, format!("{lines}").as_bytes()).unwrap();
        }
        let [ours, twins] = both("lines").map(|path| fs::read(path).unwrap());
        assert_eq!(ours, twins);
        assert_eq!(ours.iter().filter(|byte| **byte == b'\n').count(), lines);
        same_at_every_offset(&mut parity, &format!("{lines} lines"), &both("lines"));
    }
    parity.end();
}

#[test]
fn seeks_are_those_of_a_file() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in ["u32", "lines", "text", "sink"] {
        for path in both("u32") {
            write(&path, b"100").unwrap();
        }
        for to in [
            SeekFrom::Start(3),
            SeekFrom::Start(1 << 40),
            SeekFrom::Current(-1),
            SeekFrom::End(0),
        ] {
            parity.case(
                format!("{name}: {to:?}"),
                both(name).map(|path| {
                    let write = name == "sink";
                    let mut file = OpenOptions::new()
                        .read(!write)
                        .write(write)
                        .open(path)
                        .unwrap();
                    let place = errno(file.seek(to));
                    let mut rest = Vec::new();
                    (place, errno(file.read_to_end(&mut rest)), rest)
                }),
            );
        }
    }
    parity.end();
}

#[test]
fn a_write_leaves_the_position() {
    let _module = load(&[]).unwrap();
    let path = &both("u32")[0];
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap();
    file.write_all(b"42\n").unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "42\n");
}

#[test]
fn an_open_file_does_not_keep_the_module() {
    let module = load(&[]).unwrap();
    let files = NAMES.map(|name| {
        let write = name == "sink";
        OpenOptions::new()
            .read(!write)
            .write(write)
            .open(&both(name)[0])
            .unwrap()
    });
    drop(module);
    for (mut file, name) in files.into_iter().zip(NAMES) {
        let after = match name {
            "sink" => file.write(b"1"),
            _ => file.read(&mut [0; 8]),
        };
        assert_eq!(errno(after), Err(EIO), "{name}");
    }
    for name in NAMES {
        assert!(!fs::exists(&both(name)[0]).unwrap(), "{name}");
    }
    assert!(!fs::exists("/proc/vm_windows").unwrap());
}

#[test]
fn it_goes_under_readers_and_writers() {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for name in ["lines", "text", "u32"] {
            let (stop, path) = (&stop, both(name)[0].clone());
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::read(&path);
                    let _ = write(&path, b"90");
                }
            });
        }
        for _ in 0..10 {
            drop(load(&[]).unwrap());
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_path_that_is_taken_is_refused_and_nothing_stays() {
    for path in ["vm_windows", "vm_windows_top", "driver/vm_windows"] {
        let twin = load_twin(&[&format!("take={path}")]).unwrap();
        let refused = load(&[]).unwrap_err().kind();
        // That a module is there already is what EEXIST means to `insmod`: newer kernels make it EBUSY.
        let taken = [ErrorKind::AlreadyExists, ErrorKind::ResourceBusy];
        assert!(taken.contains(&refused), "{path}: {refused}");
        let left = NAMES.map(|name| both(name)[0].clone());
        let left = left.iter().filter(|file| fs::exists(file).unwrap());
        assert!(
            left.eq(NAMES
                .map(|name| both(name)[0].clone())
                .iter()
                .filter(|file| **file == format!("/proc/{path}")))
        );
        drop(twin);
        drop(load(&[]).unwrap());
    }
}
