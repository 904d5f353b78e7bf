// SPDX-License-Identifier: GPL-2.0-only
//! What the devices do that a comparison with C does not show.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::ops::Range;
use std::path::Path;

use kmod_test::{config, coverage, is_loaded, load, load_twin, node_number, set_async, signals};

const EAGAIN: i32 = 11;
const EBUSY: i32 = 16;
const EIO: i32 = 5;
const POLL_IN: i32 = 1;
const POLL_OUT: i32 = 2;
const POLL_HUP: i32 = 6;

fn open(path: &str) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap()
}

#[test]
fn an_open_file_of_a_misc_device_keeps_the_module() {
    let module = load(&[]).unwrap();
    let mut file = open("/dev/fo_buffer");
    assert_eq!(module.refcount().unwrap(), 1);
    let refused = module.try_unload().unwrap_err();
    assert_eq!(refused.raw_os_error(), Some(EAGAIN));
    let mut data = [0; 3];
    file.read_exact(&mut data).unwrap();
    assert_eq!(&data, b"ABC");
    drop(file);
    module.unload().unwrap();
    assert!(!is_loaded("vm_fileops"));
    for node in [
        "/dev/fo_buffer",
        "/dev/fo/iter",
        "/dev/fo/stream/0",
        "/sys/class/fo_class",
    ] {
        assert!(!Path::new(node).exists(), "{node}");
    }
}

#[test]
fn every_minor_knows_which_it_is() {
    let _module = load(&[]).unwrap();
    for minor in 0..3 {
        let path = format!("/dev/fo/stream/{minor}");
        assert_eq!(node_number(&path).unwrap().1, 5 + minor);
        let mut data = [0; 64];
        let n = open(&path).read(&mut data).unwrap();
        let text = std::str::from_utf8(&data[..n]).unwrap();
        assert_eq!(text, format!("stream {minor} at 0"));
    }
}

#[test]
fn who_asked_for_signals_gets_them_until_it_closes_the_file() {
    let _module = load(&[]).unwrap();
    let writer = || open("/dev/fo_full");
    let asked = open("/dev/fo_full");
    let signals = signals(&asked).unwrap();
    assert_eq!(signals.next(), None);
    let mut other = writer();
    other.write_all(b"abc").unwrap();
    assert_eq!(signals.next(), Some(POLL_IN));
    drop(other);
    assert_eq!(signals.next(), Some(POLL_HUP));
    set_async(&asked, false).unwrap();
    writer().write_all(b"abc").unwrap();
    assert_eq!(signals.next(), None);
    set_async(&asked, true).unwrap();
    writer().write_all(b"abc").unwrap();
    assert_eq!(signals.next(), Some(POLL_IN));
    assert_eq!(signals.next(), Some(POLL_HUP));
    drop(asked);
    writer().write_all(b"abc").unwrap();
    assert_eq!(signals.next(), None);
}

#[test]
fn asking_and_closing_run_at_the_same_time() {
    let _module = load(&[]).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..200 {
                    let file = open("/dev/fo_full");
                    let _signals = signals(&file).unwrap();
                    set_async(&file, false).unwrap();
                    set_async(&file, true).unwrap();
                }
            });
        }
        for _ in 0..200 {
            open("/dev/fo_full").write_all(b"abc").unwrap();
        }
    });
}

#[test]
fn a_file_is_in_one_list_of_those_that_its_device_gave() {
    let module = load(&[]).unwrap();
    let asked = open("/dev/fo_fickle");
    let signals = signals(&asked).unwrap();
    for _ in 0..3 {
        open("/dev/fo_fickle").write_all(b"a").unwrap();
        assert_eq!(signals.next(), Some(POLL_OUT));
        assert_eq!(signals.next(), None);
        set_async(&asked, false).unwrap();
        open("/dev/fo_fickle").write_all(b"a").unwrap();
        assert_eq!(signals.next(), None);
        set_async(&asked, true).unwrap();
    }
    // It leaves the list when it is closed, and the lists go with the module.
    drop(asked);
    open("/dev/fo_fickle").write_all(b"a").unwrap();
    assert_eq!(signals.next(), None);
    module.unload().unwrap();
}

#[test]
fn an_answer_that_is_promised_is_eio() {
    let _module = load(&[]).unwrap();
    let error = open("/dev/fo_fickle").read(&mut [0; 4]).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(EIO));
}

#[test]
fn fixed_numbers_are_those_of_the_nodes() {
    let module = load(&[]).unwrap();
    assert_eq!(node_number("/dev/fo_fixed").unwrap(), (240, (1 << 20) - 1));
    assert_eq!(node_number("/dev/fo_minor").unwrap(), (10, 250));
    module.unload().unwrap();
    let _taken = load_twin(&["take=1"]).unwrap();
    let error = load(&[]).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(EBUSY));
    // What was registered before it is gone.
    for node in ["/dev/fo_fixed", "/dev/fo_bare", "/sys/class/fo_class"] {
        assert!(!Path::new(node).exists(), "{node}");
    }
}

/// The module's addresses, as /proc/modules has them: where it begins, and how much it takes.
fn place_of(name: &str) -> Range<u64> {
    let modules = fs::read_to_string("/proc/modules").unwrap();
    let line = modules.lines().find(|line| line.starts_with(name)).unwrap();
    let words: Vec<&str> = line.split(' ').collect();
    let start = words[5].strip_prefix("0x").unwrap();
    let start = u64::from_str_radix(start, 16).unwrap();
    start..start + words[1].parse::<u64>().unwrap()
}

#[test]
fn the_kernels_coverage_knows_rust_code() {
    if config("KCOV").unwrap().is_none() {
        return;
    }
    let _module = load(&[]).unwrap();
    let place = place_of("vm_fileops ");
    let mut file = open("/dev/fo_buffer");
    let (read, ran) = coverage(|| file.read(&mut [0; 3])).unwrap();
    read.unwrap();
    let ours = ran.iter().filter(|address| place.contains(address));
    assert!(ours.count() > 1, "{ran:x?} in {place:x?}");
    let (_, none) = coverage(|| ()).unwrap();
    assert!(!none.iter().any(|address| place.contains(address)));
}
