// SPDX-License-Identifier: GPL-2.0-only
//! The driver of QEMU's edu and its twin in C, as userspace sees them; and the card is pulled out.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;

use kmod_test::{Loaded, errno, load, load_twin, module_path, rounds, until};

const ENODEV: i32 = 19;

/// The module, and its twin.
const NAMES: [&str; 2] = ["edu", "edu_c"];

fn node(name: &str) -> String {
    format!("/dev/{name}0")
}

fn open(name: &str) -> File {
    let file = OpenOptions::new().read(true).write(true).open(node(name));
    file.unwrap()
}

/// The card's folder in sysfs.
fn card() -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let mut paths = all.map(|entry| entry.path());
    let is_edu = |path: &PathBuf| fs::read_to_string(path.join("device")).unwrap() == "0x11e8\n";
    paths.find(is_edu).expect("the card is there")
}

/// What `see` sees of the module, and of its twin.
fn both<T>(see: impl Fn(&str) -> T) -> [T; 2] {
    let seen = |module: io::Result<Loaded>, name| {
        let module = module.unwrap();
        let seen = see(name);
        drop(module);
        seen
    };
    let ours = seen(load(&[]), NAMES[0]);
    [ours, seen(load_twin(&[]), NAMES[1])]
}

#[test]
fn aliases_are_those_of_c() {
    let [ours, twin] = NAMES.map(|name| {
        let bytes = fs::read(module_path(name)).unwrap();
        let fields = bytes.split(|byte| *byte == 0);
        let fields = fields.filter(|field| field.starts_with(b"alias="));
        fields.map(<[u8]>::to_vec).collect::<BTreeSet<_>>()
    });
    assert_eq!(ours, twin);
    assert_eq!(ours.len(), 1);
}

/// Bytes that are nowhere else alike.
fn bytes(len: usize) -> Vec<u8> {
    (0..len).map(|byte| (byte * 7 + byte / 256) as u8).collect()
}

#[test]
fn the_memory_is_that_of_c() {
    let seen = both(|name| {
        let file = open(name);
        let text = bytes(5000);
        let write = |from: usize, len, at| errno(file.write_at(&text[from..from + len], at));
        let written = [write(0, 4096, 0), write(3, 100, 4090), write(0, 1, 1 << 40)];
        let read = [(1000, 4000), (4095, 1)].map(|(at, len)| {
            let mut bytes = vec![0; len];
            let read = errno(file.read_at(&mut bytes, at));
            (read, bytes)
        });
        // One after the other, as `dd` and `head` do it.
        let mut in_turn = open(name);
        let in_turn = [
            errno(in_turn.write(b"hello")),
            errno(in_turn.read(&mut [0; 9])),
        ];
        (written, read, in_turn, fs::read(node(name)).unwrap())
    });
    assert_eq!(seen[0], seen[1]);
    let (written, read, in_turn, whole) = &seen[0];
    assert_eq!(*written, [Ok(4095), Ok(5), Ok(0)]);
    let mut expected = bytes(4095);
    expected[4090..].copy_from_slice(&bytes(8)[3..]);
    assert_eq!(read[0].0, Ok(3095));
    assert_eq!(read[0].1[..3095], expected[1000..]);
    assert_eq!((read[1].0, *in_turn), (Ok(0), [Ok(5), Ok(9)]));
    expected[..5].copy_from_slice(b"hello");
    assert_eq!(*whole, expected);
}

#[test]
fn sysfs_shows_what_it_shows_of_c() {
    let [ours, twin] = both(|name| {
        let card = card();
        let bind = |what: &str| {
            let device = card.file_name().unwrap().to_str().unwrap();
            errno(fs::write(
                Path::new("/sys/bus/pci/drivers").join(name).join(what),
                device,
            ))
        };
        let state = || {
            let read = |file: &str| fs::read_to_string(card.join(file)).unwrap();
            let interrupts = fs::read_to_string("/proc/interrupts").unwrap();
            let iomem = fs::read_to_string("/proc/iomem").unwrap();
            let mode = fs::metadata(node(name)).map(|node| node.permissions().mode());
            let command = fs::read(card.join("config")).unwrap()[4..6].to_vec();
            (
                (
                    read("enable"),
                    command,
                    card.join("msi_irqs").exists(),
                    mode.ok(),
                ),
                interrupts
                    .lines()
                    .filter(|line| line.ends_with(name))
                    .count(),
                iomem
                    .lines()
                    .filter(|line| line.ends_with(&format!(" {name}")))
                    .count(),
                fs::read_link(card.join("driver")).is_ok(),
            )
        };
        let parent = fs::read_link(format!("/sys/class/misc/{name}0/device")).unwrap();
        let bound = state();
        let steps =
            ["unbind", "unbind", "bind", "bind", "unbind"].map(|what| (bind(what), state()));
        bind("bind").unwrap();
        (parent, bound, steps)
    });
    assert_eq!(ours, twin);
    assert_eq!((ours.1.1, ours.1.2), (1, 1), "an interrupt and a region");
}

#[test]
fn the_card_is_pulled_out_again_and_again() {
    let module = load(&[]).unwrap();
    let card = card();
    for turn in 0..rounds(12) {
        let file = open("edu");
        let text = format!("turn {turn}").into_bytes();
        if turn % 4 == 0 {
            // What was begun before it went may be what ends first.
            until(|| {
                let mut seen = vec![0; text.len()];
                file.write_all_at(&text, 9).unwrap();
                file.read_exact_at(&mut seen, 9).unwrap();
                seen == text
            });
        }
        let users: Vec<_> = (0..2)
            .map(|_| {
                let file = file.try_clone().unwrap();
                thread::spawn(move || {
                    loop {
                        if let Err(error) = errno(file.write_all_at(b"hello", 9)) {
                            break error;
                        }
                    }
                })
            })
            .collect();
        fs::write(card.join("remove"), "1").unwrap();
        for user in users {
            assert_eq!(user.join().unwrap(), ENODEV, "turn {turn}");
        }
        assert_eq!(errno((&file).read(&mut [0; 8])), Err(ENODEV));
        fs::write("/sys/bus/pci/rescan", "1").unwrap();
    }
    drop(module);
}
