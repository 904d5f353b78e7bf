// SPDX-License-Identifier: GPL-2.0-only
//! Memory that a device and its users share.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::sync::atomic::Ordering;
use std::thread;

use kmod_test::{Mapping, errno, load};

const PAGE: usize = 4096;
const EFAULT: i32 = 14;
const EACCES: i32 = 13;
const EINVAL: i32 = 22;
const ENODEV: i32 = 19;

const PROT_READ: i32 = 1;
const PROT_WRITE: i32 = 2;
const PROT_EXEC: i32 = 4;
const MAP_SHARED: i32 = 1;
const MAP_PRIVATE: i32 = 2;

fn open(name: &str) -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options.open(format!("/dev/vm_waits_{name}")).unwrap()
}

fn add(file: &File, offset: u32, by: u32) -> Result<usize, i32> {
    let words = [offset.to_ne_bytes(), by.to_ne_bytes()].concat();
    errno((&mut &*file).write(&words))
}

#[test]
fn both_sides_see_what_either_writes() {
    let _module = load(&[]).unwrap();
    let mem = open("mem");
    let mapping = Mapping::shared(&mem, 4 * PAGE).unwrap();
    assert_eq!(mapping.read(0, 5).unwrap(), b"first");
    assert_eq!(mapping.read(4 * PAGE - 4, 4).unwrap(), b"last");
    mapping.write(PAGE + 3, b"hello").unwrap();
    let mut seen = [0; 5];
    assert_eq!(mem.read_at(&mut seen, PAGE as u64 + 3).unwrap(), 5);
    assert_eq!(&seen, b"hello");
    let number = mapping.atomic(2 * PAGE).unwrap();
    number.store(5, Ordering::Relaxed);
    assert_eq!(add(&mem, 2 * PAGE as u32, 37), Ok(8));
    assert_eq!(number.load(Ordering::Relaxed), 42);
    let again = Mapping::new(&mem, PAGE, PROT_READ, MAP_SHARED, 2 * PAGE as i64).unwrap();
    assert_eq!(again.atomic(0).unwrap().load(Ordering::Relaxed), 42);
}

#[test]
fn no_addition_is_lost() {
    let _module = load(&[]).unwrap();
    let mem = open("mem");
    let mapping = Mapping::shared(&mem, PAGE).unwrap();
    let number = mapping.atomic(64).unwrap();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..3000).for_each(|_| assert_eq!(add(&mem, 64, 1), Ok(8))));
            scope.spawn(|| (0..3000).for_each(|_| _ = number.fetch_add(1, Ordering::SeqCst)));
        }
    });
    assert_eq!(number.load(Ordering::SeqCst), 12000);
}

#[test]
fn the_module_stays_within_its_buffer() {
    let _module = load(&[]).unwrap();
    let mem = open("mem");
    assert_eq!(add(&mem, 4 * PAGE as u32 - 4, 1), Ok(8));
    for offset in [4 * PAGE as u32 - 3, 4 * PAGE as u32, u32::MAX, 1, 2, 3] {
        assert_eq!(add(&mem, offset, 1), Err(EINVAL), "{offset}");
    }
    assert_eq!(
        errno(mem.read_at(&mut [0; 1], 4 * PAGE as u64)),
        Err(EINVAL)
    );
}

#[test]
fn what_is_read_only_stays_so() {
    let _module = load(&[]).unwrap();
    let mapping = Mapping::new(open("ro"), PAGE, PROT_READ, MAP_SHARED, 0).unwrap();
    assert_eq!(mapping.read(0, 5).unwrap(), b"first");
    assert_eq!(errno(mapping.write(0, b"x")), Err(EFAULT));
    for prot in [PROT_WRITE, PROT_READ | PROT_WRITE, PROT_EXEC] {
        assert_eq!(errno(mapping.protect(prot)), Err(EACCES), "{prot}");
    }
    assert_eq!(mapping.read(0, 5).unwrap(), b"first");
}

#[test]
fn private_writes_stay_private() {
    let _module = load(&[]).unwrap();
    let mem = open("mem");
    let prot = PROT_READ | PROT_WRITE;
    let private = Mapping::new(&mem, PAGE, prot, MAP_PRIVATE, 0).unwrap();
    private.write(0, b"mine!").unwrap();
    assert_eq!(private.read(0, 5).unwrap(), b"mine!");
    let shared = Mapping::shared(&mem, PAGE).unwrap();
    assert_eq!(shared.read(0, 5).unwrap(), b"first");
}

#[test]
fn a_mapping_does_not_grow_and_may_be_taken_apart() {
    let _module = load(&[]).unwrap();
    let mem = open("mem");
    let mut mapping = Mapping::shared(&mem, PAGE).unwrap();
    assert_eq!(errno(mapping.remap(2 * PAGE)), Err(EFAULT));
    assert_eq!(mapping.read(0, 5).unwrap(), b"first");
    let mut mapping = Mapping::shared(&mem, 4 * PAGE).unwrap();
    mapping.remap(3 * PAGE).unwrap();
    let [front, back] = mapping.punch(PAGE, PAGE).unwrap();
    drop(front);
    back.write(0, b"third").unwrap();
    assert_eq!(
        Mapping::shared(&mem, 4 * PAGE)
            .unwrap()
            .read(2 * PAGE, 5)
            .unwrap(),
        b"third"
    );
}

#[test]
fn a_child_shares_the_memory() {
    let _module = load(&[]).unwrap();
    let mem = open("mem");
    let mapping = Mapping::shared(&mem, PAGE).unwrap();
    mapping.add_in_child(128).unwrap();
    assert_eq!(add(&mem, 128, 1), Ok(8));
    assert_eq!(mapping.atomic(128).unwrap().load(Ordering::SeqCst), 2);
}

#[test]
fn a_mapping_holds_its_module() {
    let module = load(&[]).unwrap();
    let mapping = Mapping::shared(open("mem"), PAGE).unwrap();
    assert!(module.refcount().unwrap() > 0);
    assert!(module.try_unload().is_err());
    drop(mapping);
    assert_eq!(module.refcount().unwrap(), 0);
}

#[test]
fn pages_outlive_their_buffer() {
    let _module = load(&[]).unwrap();
    let gone = open("gone");
    for _ in 0..50 {
        let mappings: Vec<_> = (0..8)
            .map(|_| Mapping::shared(&gone, 8 * PAGE).unwrap())
            .collect();
        for (mapping, page) in mappings.iter().flat_map(|m| (0..8).map(move |p| (m, p))) {
            assert_eq!(mapping.read(page * PAGE, 4).unwrap(), b"gone");
            mapping.write(page * PAGE, b"here").unwrap();
        }
    }
}

#[test]
fn what_was_not_mapped_cannot_be_touched() {
    let _module = load(&[]).unwrap();
    let prot = PROT_READ | PROT_WRITE;
    let nothing = Mapping::new(open("gone"), PAGE, prot, MAP_SHARED, 9 * PAGE as i64).unwrap();
    assert_eq!(errno(nothing.read(0, 1)), Err(EFAULT));
    assert_eq!(errno(nothing.write(0, b"x")), Err(EFAULT));
    assert_eq!(
        errno(Mapping::shared(open("deaf"), PAGE)).err(),
        Some(ENODEV)
    );
}
