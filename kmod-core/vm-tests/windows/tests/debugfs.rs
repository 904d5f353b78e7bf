// SPDX-License-Identifier: GPL-2.0-only
//! Files in debugfs: each answers as C's, to every input; open ones keep the module, and those of a
//! device that has gone are closed to it.

mod off;
mod support;
mod values;
mod whole;

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::{LATE, Parity, errno, expect_report, load, load_twin};
use off::is_off;
use support::{same_at_every_offset, write};
use values::same_as_in_c;
use whole::{a_row_is_taken_as_a_whole, a_text_is_a_line};

const ROOT: &str = "/sys/kernel/debug";

const DRIVER: &str = "/sys/bus/platform/drivers/vm_windows";

/// `EIO`
const EIO: i32 = 5;

/// The files, of ours and the twin's.
fn both(name: &str) -> [String; 2] {
    ["vm_windows", "vm_windows_c"].map(|module| match name {
        "top" => format!("{ROOT}/{module}_top"),
        _ => format!("{ROOT}/{module}/{name}"),
    })
}

/// What they are called.
const NAMES: [&str; 9] = [
    "u32",
    "deep/i64",
    "deep/bool",
    "bass",
    "fixed",
    "lines",
    "deep/down/text",
    "sink",
    "top",
];

#[test]
fn without_debugfs_the_module_is_loaded_and_the_files_are_not_there() {
    let module = load(&[]).unwrap();
    for name in NAMES {
        assert_eq!(fs::exists(&both(name)[0]).unwrap(), !is_off(), "{name}");
    }
    drop(module);
    assert!(!fs::exists(format!("{ROOT}/vm_windows")).unwrap());
    assert!(!fs::exists(format!("{ROOT}/vm_windows_top")).unwrap());
}

#[test]
fn rows_and_texts_are_taken_whole() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    let [row, word] = ["row", "word"].map(|name| both(name)[0].clone());
    a_row_is_taken_as_a_whole(&row);
    a_text_is_a_line(&word);
}

#[test]
fn what_is_written_and_what_is_shown_are_as_in_c() {
    if is_off() {
        return;
    }
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    // How many lines there are is the value of a file in `/proc`.
    let set_lines = |lines: u32| {
        for module in ["vm_windows", "vm_windows_c"] {
            let path = format!("/proc/{module}/u32");
            write(&path, format!("{lines}").as_bytes()).unwrap();
        }
    };
    for name in NAMES {
        set_lines(0);
        same_as_in_c(&mut parity, name, &both(name));
    }
    for lines in [0, 1, 3000] {
        set_lines(lines);
        same_at_every_offset(&mut parity, &format!("{lines} lines"), &both("lines"));
    }
    parity.end();
}

#[test]
fn an_open_file_keeps_the_module() {
    if is_off() {
        return;
    }
    let module = load(&[]).unwrap();
    let mut file = File::open(&both("u32")[0]).unwrap();
    let (module, error) = module.unload().unwrap_err();
    let kind = error.kind();
    assert!([ErrorKind::WouldBlock, ErrorKind::ResourceBusy].contains(&kind));
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "0\n");
    drop(file);
    drop(module);
}

/// A file of the second device.
fn of_card(name: &str) -> String {
    format!("{ROOT}/vm_windows/card1/{name}")
}

fn bind(how: &str) {
    fs::write(format!("{DRIVER}/{how}"), "vm_windows.1").unwrap();
}

#[test]
fn files_of_a_device_go_with_it() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    for _ in 0..3 {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(of_card("number"))
            .unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "1\n");
        file.write_all(b"7").unwrap();
        assert_eq!(fs::read_to_string(of_card("number")).unwrap(), "7\n");
        bind("unbind");
        assert_eq!(errno(file.write(b"8")), Err(EIO));
        assert_eq!(errno(file.read(&mut [0; 8])), Err(EIO));
        // Its folder is gone, and the other's is not.
        assert!(!fs::exists(format!("{ROOT}/vm_windows/card1")).unwrap());
        assert!(!fs::exists(format!("{ROOT}/vm_windows/of1")).unwrap());
        assert!(fs::exists(format!("{ROOT}/vm_windows/card0/number")).unwrap());
        bind("bind");
    }
}

#[test]
fn a_handler_that_sleeps_ends_when_its_device_goes() {
    if is_off() {
        return;
    }
    let _module = load(&[]).unwrap();
    let reader = thread::spawn(|| errno(fs::read(of_card("sleep"))));
    let start = Instant::now();
    while fs::read_to_string("/proc/vm_windows/i64").unwrap() == "0\n" {
        assert!(start.elapsed() < LATE, "it does not sleep");
        thread::sleep(Duration::from_millis(2));
    }
    bind("unbind");
    let ended = reader.join().unwrap();
    assert_eq!(ended, Err(19), "ENODEV");
}

#[test]
fn it_goes_under_readers_and_writers() {
    // The kernel's own race, of C's files, too: between an unload's last look at who has the module and
    // the word that it goes, debugfs takes it for one that has gone and left its files.
    expect_report("full_proxy_open").unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for path in [
            both("lines")[0].clone(),
            both("deep/down/text")[0].clone(),
            of_card("number"),
            format!("{ROOT}/vm_windows/of1"),
        ] {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::read(&path);
                    let _ = write(&path, b"90");
                }
            });
        }
        let mut gone = 0;
        while gone < 5 {
            let mut module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                bind(how);
            }
            // Somebody has a file open, most of the time.
            while let Err((kept, _)) = module.unload() {
                module = kept;
            }
            gone += 1;
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_path_that_is_taken_is_refused_and_nothing_stays() {
    if is_off() {
        return;
    }
    for path in ["vm_windows", "vm_windows_top"] {
        let twin = load_twin(&[&format!("take_debugfs={path}")]).unwrap();
        let refused = load(&[]).unwrap_err().kind();
        // That a module is there already is what EEXIST means to `insmod`: newer kernels make it EBUSY.
        let taken = [ErrorKind::AlreadyExists, ErrorKind::ResourceBusy];
        assert!(taken.contains(&refused), "{path}: {refused}");
        let ours = ["vm_windows", "vm_windows_top"].map(|name| format!("{ROOT}/{name}"));
        let left = ours.iter().filter(|file| fs::exists(file).unwrap());
        assert!(left.eq([&format!("{ROOT}/{path}")]), "{path}");
        assert!(
            fs::read_dir(format!("{ROOT}/{path}"))
                .unwrap()
                .next()
                .is_none()
        );
        assert!(!fs::exists("/proc/vm_windows").unwrap());
        drop(twin);
        drop(load(&[]).unwrap());
    }
}
