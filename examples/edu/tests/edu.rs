// SPDX-License-Identifier: GPL-2.0-only
//! The driver of QEMU's edu and its twin in C, as userspace sees them; and the card is pulled out.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;

use kmod_test::{Loaded, Parity, errno, load, load_twin, module_path, rounds};

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

fn gone(module: Loaded) {
    module.unload().map_err(|(_, error)| error).unwrap();
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
        gone(module);
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

#[test]
fn factorials_are_those_of_c() {
    let inputs = [
        "0",
        "1",
        "5\n",
        "0xc",
        "12",
        "13",
        "x",
        "",
        "-1",
        "4294967296",
        "7 8",
        "3",
    ];
    let seen = both(|name| {
        inputs.map(|input| {
            let written = errno(open(name).write(input.as_bytes()));
            (written, fs::read_to_string(node(name)).unwrap())
        })
    });
    let mut parity = Parity::default();
    for (step, input) in inputs.iter().enumerate() {
        parity.case(format!("{input:?}"), [&seen[0][step], &seen[1][step]]);
    }
    parity.end();
    assert_eq!(seen[0][4], (Ok(2), "479001600\n".to_owned()));
}

#[test]
fn the_memory_is_that_of_c() {
    let seen = both(|name| {
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        let file = options.open(format!("/dev/{name}0-memory")).unwrap();
        let text: Vec<u8> = (0..5000_u32).map(|byte| byte as u8).collect();
        let write = |from: usize, len, at| errno(file.write_at(&text[from..from + len], at));
        let written = [
            write(0, 4096, 0),
            write(7, 100, 1000),
            write(3, 100, 4090),
            write(0, 1, 4095),
            write(0, 1, 1 << 40),
            write(0, 0, 0),
            write(0, 5000, 1),
        ];
        let read = [(0, 5000), (4090, 9), (4095, 1), (1 << 33, 1), (77, 0)].map(|(at, len)| {
            let mut bytes = vec![0; len];
            let read = errno(file.read_at(&mut bytes, at));
            (read, bytes)
        });
        // The same card, meanwhile.
        let number = errno(open(name).write(b"6"));
        (
            written,
            read,
            number,
            fs::read_to_string(node(name)).unwrap(),
        )
    });
    assert_eq!(seen[0], seen[1]);
    let (written, read, ..) = &seen[0];
    assert_eq!(written[..3], [Ok(4095), Ok(100), Ok(5)]);
    assert_eq!(
        (read[0].0, read[0].1[4094], read[1].0),
        (Ok(4095), 253, Ok(5))
    );
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
    for turn in 0..rounds(20) {
        let file = open("edu");
        let users: Vec<_> = (0..2)
            .map(|_| {
                let file = file.try_clone().unwrap();
                thread::spawn(move || {
                    loop {
                        if let Err(error) = errno((&file).write_all(b"5")) {
                            break error;
                        }
                    }
                })
            })
            .collect();
        if turn % 8 == 0 {
            while fs::read_to_string(node("edu")).unwrap() != "120\n" {
                thread::yield_now();
            }
        }
        fs::write(card.join("remove"), "1").unwrap();
        for user in users {
            assert_eq!(user.join().unwrap(), ENODEV, "turn {turn}");
        }
        assert_eq!(errno((&file).read(&mut [0; 8])), Err(ENODEV));
        fs::write("/sys/bus/pci/rescan", "1").unwrap();
    }
    gone(module);
}
