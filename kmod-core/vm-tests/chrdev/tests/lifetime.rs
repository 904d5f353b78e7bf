// SPDX-License-Identifier: GPL-2.0-only
//! The module's life against that of its files, and calls at the same time.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use kmod_test::{is_loaded, load};

const EAGAIN: i32 = 11;
const ENODEV: i32 = 19;
const ENOENT: i32 = 2;
const ENXIO: i32 = 6;
const EEXIST: i32 = 17;

fn errno<T: std::fmt::Debug>(result: io::Result<T>) -> i32 {
    result.unwrap_err().raw_os_error().unwrap()
}

#[test]
fn an_open_file_keeps_the_module() {
    let module = load(&[]).unwrap();
    assert_eq!(module.refcount().unwrap(), 0);
    let mut file = File::open("/dev/vm_digits").unwrap();
    // One for the device, one for its operations.
    assert_eq!(module.refcount().unwrap(), 2);
    // delete_module(2) with O_NONBLOCK says EWOULDBLOCK; rmmod makes that "in use".
    assert_eq!(errno(module.try_unload()), EAGAIN);
    assert!(is_loaded("vm_chrdev"));
    let mut data = [0; 3];
    file.read_exact(&mut data).unwrap();
    assert_eq!(&data, b"012");
    drop(file);
    assert_eq!(module.refcount().unwrap(), 0);
    module.unload().unwrap();
    assert!(!is_loaded("vm_chrdev"));
}

#[test]
fn a_second_insmod_is_eexist() {
    let _module = load(&[]).unwrap();
    assert_eq!(errno(load(&[])), EEXIST);
    let mut data = [0; 3];
    let mut file = File::open("/dev/vm_digits").unwrap();
    file.read_exact(&mut data).unwrap();
}

#[test]
fn reads_run_at_the_same_time() {
    let _module = load(&[]).unwrap();
    let file = File::open("/dev/vm_digits").unwrap();
    thread::scope(|scope| {
        for thread in 0..8_u64 {
            let file = &file;
            scope.spawn(move || {
                let mut data = [0; 64];
                for round in 0..1000 {
                    let pos = thread * 31 + round * 7;
                    file.read_exact_at(&mut data, pos).unwrap();
                    for (i, digit) in (pos..).zip(data) {
                        assert_eq!(digit, b'0' + (i % 10) as u8);
                    }
                }
            });
        }
    });
}

#[test]
fn opens_and_closes_run_at_the_same_time() {
    let _module = load(&[]).unwrap();
    thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for _ in 0..250 {
                    drop(File::open(format!("/dev/vm_count{}", thread % 3)).unwrap());
                }
            });
        }
    });
    assert_eq!(
        fs::read_to_string("/dev/vm_events").unwrap(),
        "1000 1000 1000\n"
    );
}

#[test]
fn loading_and_unloading_under_an_opener() {
    let stop = AtomicBool::new(false);
    let opened = AtomicU32::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut data = [0; 4];
            while !stop.load(Ordering::Relaxed) {
                match File::open("/dev/vm_digits") {
                    Ok(mut file) => {
                        file.read_exact(&mut data).unwrap();
                        assert_eq!(&data, b"0123");
                        opened.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(error) => {
                        let errno = error.raw_os_error().unwrap();
                        assert!([ENOENT, ENXIO, ENODEV].contains(&errno), "{error}");
                    }
                }
            }
        });
        for round in 0..100 {
            let module = load(&[]).unwrap();
            // Every other time, wait for the opener.
            let before = opened.load(Ordering::Relaxed);
            while round % 2 == 0 && opened.load(Ordering::Relaxed) == before {
                thread::yield_now();
            }
            while let Err(error) = module.try_unload() {
                assert_eq!(error.raw_os_error(), Some(EAGAIN));
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(opened.load(Ordering::Relaxed) >= 50);
}
