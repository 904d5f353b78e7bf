// SPDX-License-Identifier: GPL-2.0-only
//! Random bytes differ, and others may be mixed in.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;

use kmod_test::load;

const SOURCES: [&str; 2] = [
    "/proc/sys/vm_random/blocking",
    "/proc/sys/vm_random/nonblocking",
];

#[test]
fn no_key_comes_twice() {
    let _module = load(&[]).unwrap();
    for source in SOURCES {
        let mut keys = HashSet::new();
        for _ in 0..1024 {
            let mut key = [0u8; 16];
            File::open(source).unwrap().read_exact(&mut key).unwrap();
            assert!(keys.insert(key), "{source} gave {key:x?} twice");
        }
    }
}

#[test]
fn an_open_source_does_not_end() {
    let _module = load(&[]).unwrap();
    for source in SOURCES {
        let mut file = File::open(source).unwrap();
        let mut blocks = HashSet::new();
        for size in [1, 16, 4096, 65_536] {
            let mut block = vec![0u8; size];
            file.read_exact(&mut block).unwrap();
            if size > 1 {
                // All of it was filled.
                let end = &block[size - 16..];
                assert!(end.iter().any(|byte| *byte != 0), "{source}: {size}");
            }
            assert!(blocks.insert(block));
        }
    }
}

#[test]
fn entropy_is_taken() {
    let _module = load(&[]).unwrap();
    let entropy = "/proc/sys/vm_random/entropy";
    fs::write(entropy, "some of my own").unwrap();
    fs::write(entropy, vec![0x5a; 10_000]).unwrap();
    let mode = fs::metadata(entropy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o200);
    fs::read(entropy).unwrap_err();
}
