// SPDX-License-Identifier: GPL-2.0-only
//! The configuration space of devices that are not the module's, beside the kernel's own files of it.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Over, errno, load, rounds, until};

const ENOENT: i32 = 2;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

const FILE: &str = "/sys/module/vm_pci/others";
const DEVICES: &str = "/sys/bus/pci/devices";

/// What the module answers.
fn told(what: &str) -> Result<u32, i32> {
    errno(fs::write(FILE, what))?;
    Ok(fs::read_to_string(FILE).unwrap().trim().parse().unwrap())
}

/// All devices that the kernel has.
fn devices() -> Vec<PathBuf> {
    let all = fs::read_dir(DEVICES).unwrap();
    let mut all: Vec<_> = all.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// `at DOMAIN BUS SLOT FUNCTION` of a device.
fn place(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let numbers = name.split([':', '.']);
    let numbers = numbers.map(|part| u32::from_str_radix(part, 16).unwrap().to_string());
    format!("at {}", numbers.collect::<Vec<_>>().join(" "))
}

fn id(path: &Path, file: &str) -> u32 {
    let text = fs::read_to_string(path.join(file)).unwrap();
    u32::from_str_radix(text.trim().trim_start_matches("0x"), 16).unwrap()
}

#[test]
fn each_reads_as_its_file() {
    let _module = load(&[]).unwrap();
    let all = devices();
    assert!(all.len() > 4, "{all:?}");
    for path in all {
        assert_eq!(told(&place(&path)), Ok(1), "{path:?}");
        let config = File::open(path.join("config")).unwrap();
        let size = u32::try_from(config.metadata().unwrap().len()).unwrap();
        for bytes in [1, 2, 4] {
            // Not the status of links, which may change.
            for at in (0..64).step_by(bytes as usize) {
                let mut word = [0; 4];
                config
                    .read_exact_at(&mut word[..bytes as usize], at)
                    .unwrap();
                let read = told(&format!("read 0 {at} {bytes}"));
                assert_eq!(read, Ok(u32::from_le_bytes(word)), "{path:?} {at} {bytes}");
            }
            assert!(told(&format!("read 0 {} {bytes}", size - bytes)).is_ok());
            let beyond = told(&format!("read 0 {size} {bytes}"));
            assert_eq!(beyond, Err(EINVAL), "{path:?} {size}");
        }
        assert_eq!(told("read 0 1 2"), Err(EINVAL));
        assert_eq!(told("read 0 2 4"), Err(EINVAL));
    }
}

#[test]
fn they_are_found_by_their_ids() {
    let _module = load(&[]).unwrap();
    let all = devices();
    for path in &all {
        let ids = ["vendor", "device"].map(|file| id(path, file));
        let of_ids: Vec<_> = all
            .iter()
            .filter(|path| ["vendor", "device"].map(|file| id(path, file)) == ids)
            .collect();
        let count = told(&format!("all {} {}", ids[0], ids[1])).unwrap();
        assert_eq!(count as usize, of_ids.len(), "{path:?}");
        for which in 0..count {
            assert_eq!(told(&format!("read {which} 0 2")), Ok(ids[0]));
            assert_eq!(told(&format!("read {which} 2 2")), Ok(ids[1]));
        }
    }
    // Two root ports.
    assert_eq!(told("all 6966 12"), Ok(2));
}

#[test]
fn what_is_not_there_is_not_found() {
    let _module = load(&[]).unwrap();
    for nothing in [
        "at 0 0 29 0",
        "at 0 200 0 0",
        "at 7 0 0 0",
        "at 0 0 0 7",
        "at 65535 255 31 7",
        // The kernel has a slot and a function in one byte: this is not 00:00.0.
        "at 0 0 32 0",
        "at 0 0 0 8",
        "at 0 0 255 255",
        "all 65535 65535",
        "all 0 0",
        "all 6966 65535",
    ] {
        assert_eq!(told(nothing), Ok(0), "{nothing}");
        assert_eq!(told("read 0 0 4"), Err(ENOENT), "{nothing}");
    }
}

/// The card, and the files by which it is taken out and found again.
fn card() -> PathBuf {
    let is_edu = |path: &PathBuf| id(path, "vendor") == 0x1234 && id(path, "device") == 0x11e8;
    devices().into_iter().find(is_edu).unwrap()
}

fn comes_and_goes(path: &Path) {
    fs::write(path.join("remove"), "1").unwrap();
    fs::write("/sys/bus/pci/rescan", "1").unwrap();
    until(|| path.exists());
}

#[test]
fn one_that_was_taken_out_is_kept() {
    let module = load(&[]).unwrap();
    let path = card();
    assert_eq!(told(&place(&path)), Ok(1));
    let before = told("read 0 0 4").unwrap();
    comes_and_goes(&path);
    // What is kept is the one that was there before; where it was, another one is.
    let after = told("read 0 0 4");
    assert!(
        matches!(after, Err(ENODEV)) || after == Ok(before),
        "{after:?}"
    );
    assert_eq!(told(&place(&path)), Ok(1));
    assert_eq!(told("read 0 0 4"), Ok(before));
    fs::write(path.join("remove"), "1").unwrap();
    // It goes with the last who has it: with the module.
    drop(module);
    fs::write("/sys/bus/pci/rescan", "1").unwrap();
    until(|| path.exists());
}

#[test]
fn they_come_and_go_while_they_are_looked_for_and_read() {
    let module = load(&[]).unwrap();
    let path = card();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _stop = Over(&stop);
        for what in ["all 4660 4584", &place(&path)] {
            let what = what.to_owned();
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    told(&what).unwrap();
                    match told("read 0 0 2") {
                        // Another thread's answer, or what is not there any more.
                        Ok(0..=1 | 0x1234 | 0xffff) | Err(ENOENT | ENODEV) => {}
                        other => panic!("{other:?}"),
                    }
                }
            });
        }
        for _ in 0..rounds(5) {
            comes_and_goes(&path);
        }
    });
    drop(module);
}
