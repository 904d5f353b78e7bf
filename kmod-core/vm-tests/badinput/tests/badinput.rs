// SPDX-License-Identifier: GPL-2.0-only
//! Loading that fails, at once or half-way, leaves nothing behind.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, TempDir, char_major, is_loaded, load, mknod};

const EBUSY: i32 = 16;
const EINVAL: i32 = 22;
const ENOENT: i32 = 2;
const ENODEV: i32 = 19;
const ENXIO: i32 = 6;

fn load_errno(params: &[&str]) -> i32 {
    load(params).unwrap_err().raw_os_error().unwrap()
}

fn assert_nothing_is_left() {
    assert!(!is_loaded("vm_badinput"));
    assert!(char_major("vm_half").is_err());
    assert!(char_major("vm_half_region").is_err());
    assert!(!Path::new("/dev/vm_half0").exists());
    assert!(!Path::new("/sys/class/vm_half").exists());
}

#[test]
fn the_errno_of_init_is_that_of_insmod() {
    assert_eq!(load_errno(&["errno=2"]), ENOENT);
    assert_eq!(load_errno(&["errno=22"]), EINVAL);
    assert_nothing_is_left();
}

#[test]
fn what_was_registered_is_taken_back() {
    let mut log = Kmsg::mark().unwrap();
    assert_eq!(load_errno(&[]), EBUSY);
    assert_nothing_is_left();
    let dropped = log
        .lines()
        .unwrap()
        .iter()
        .filter(|line| line.ends_with("the state is dropped"))
        .count();
    assert_eq!(dropped, 1);
}

#[test]
fn an_object_of_a_failing_module_cannot_be_opened() {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            // The numbers are free, so each load gets the same ones.
            let dir = TempDir::new().unwrap();
            let made = dir.join("half");
            while !stop.load(Ordering::Relaxed) {
                if let Ok(major) = char_major("vm_half")
                    && !made.exists()
                {
                    mknod(&made, major, 0).unwrap();
                }
                for node in [made.as_path(), Path::new("/dev/vm_half1")] {
                    let error = File::open(node).unwrap_err();
                    let errno = error.raw_os_error().unwrap();
                    assert!([ENOENT, ENXIO, ENODEV].contains(&errno), "{error}");
                }
            }
        });
        for _ in 0..100 {
            assert_eq!(load_errno(&[]), EBUSY);
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_nothing_is_left();
}
