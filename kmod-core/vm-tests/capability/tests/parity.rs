// SPDX-License-Identifier: GPL-2.0-only
//! Who lacks the capability that an attribute names is answered as a C module that asks first answers:
//! `EPERM`, and no handler is reached; whatever else they lack or have.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};

use kmod_test::{IoctlMemory, Loaded, Parity, errno, ioctl, load, load_twin, without_capability};

const EPERM: i32 = 1;

const NET_ADMIN: u32 = 12;
const SYS_RAWIO: u32 = 17;
const SYS_PACCT: u32 = 20;
const SYS_ADMIN: u32 = 21;
const SYS_TIME: u32 = 25;

/// Those that are asked for, one that is not, and none at all.
const LACKING: [Option<u32>; 7] = [
    None,
    Some(NET_ADMIN),
    Some(SYS_RAWIO),
    Some(SYS_PACCT),
    Some(SYS_ADMIN),
    Some(SYS_TIME),
    Some(0),
];

const FREE: u32 = 0xb900;
const TAKE: u32 = 1 << 30 | 4 << 16 | 0xb901;
const GIVE: u32 = 2 << 30 | 4 << 16 | 0xb902;

/// How the names of the module and its twin end, by kind.
const BOTH: [&str; 2] = ["", "_c"];

fn both() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

fn open(path: &str) -> Result<File, i32> {
    errno(OpenOptions::new().read(true).write(true).open(path))
}

fn device(name: &str, end: &str) -> String {
    format!("/dev/vm_capability{name}{end}")
}

fn file(name: &str, end: &str) -> String {
    format!("/proc/vm_capability{end}/{name}")
}

fn sysctl(name: &str, end: &str) -> String {
    format!("/proc/sys/vm_capability{end}/{name}")
}

fn attribute(name: &str, end: &str) -> String {
    match end {
        "" => format!("/sys/module/vm_capability/{name}"),
        _ => format!("/sys/module/vm_capability_c/below/{name}"),
    }
}

/// How often a handler was reached by what is done without a capability.
fn reached(end: &str, lacking: Option<u32>, action: impl FnOnce() + Send) -> u32 {
    let read = || -> u32 {
        let text = fs::read_to_string(file("reached", end)).unwrap();
        text.trim().parse().unwrap()
    };
    let before = read();
    lack(lacking, action);
    read() - before
}

fn lack<T: Send>(lacking: Option<u32>, action: impl FnOnce() -> T + Send) -> T {
    match lacking {
        Some(capability) => without_capability(capability, action),
        None => action(),
    }
}

/// What each of both answers, and how often its handlers were reached, whoever asks.
fn compare<T: PartialEq + std::fmt::Debug + Send>(
    what: &str,
    parity: &mut Parity,
    run: impl Fn(&str) -> T + Sync,
) {
    for lacking in LACKING {
        let both = BOTH.map(|end| {
            let mut answer = None;
            let reached = reached(end, lacking, || answer = Some(run(end)));
            (answer, reached)
        });
        println!("{what} without {lacking:?}: {:?}", both[0]);
        parity.case(format!("{what} without {lacking:?}"), both);
    }
}

#[test]
fn devices_ask_who_opens() {
    let _both = both();
    let mut parity = Parity::default();
    for name in ["", "_chr", "_cmd", "_card0"] {
        compare(name, &mut parity, |end| {
            open(&device(name, end)).map(|mut file| errno(file.write(b"x")))
        });
    }
    parity.end();
    let admin = device("", "");
    assert_eq!(lack(Some(SYS_ADMIN), || open(&admin)).err(), Some(EPERM));
    // Whoever gets an open file may use it.
    let mut file = open(&admin).unwrap();
    lack(Some(SYS_ADMIN), move || file.write(b"x").unwrap());
}

#[test]
fn commands_ask_before_anything_is_copied() {
    let _both = both();
    let mut parity = Parity::default();
    compare("commands", &mut parity, |end| {
        let file = open(&device("_cmd", end)).unwrap();
        let memory = IoctlMemory::new(&5_u32.to_ne_bytes()).unwrap();
        let run = |cmd| errno(memory.ioctl(&file, cmd));
        let results = [run(FREE), run(TAKE), run(GIVE)];
        // With an address that is none, too, and a number that is none.
        let nowhere = |cmd| errno(ioctl(&file, cmd, 1));
        let more = [nowhere(TAKE), nowhere(GIVE), nowhere(TAKE + 7)];
        (results, more, memory.bytes())
    });
    parity.end();
}

#[test]
fn sysctls_ask_who_writes() {
    let _both = both();
    let mut parity = Parity::default();
    for name in ["number", "watched"] {
        for text in ["3", "0", "10", "x", ""] {
            compare(&format!("{name} {text:?}"), &mut parity, |end| {
                let path = sysctl(name, end);
                let written = errno(fs::write(&path, text));
                (written, errno(fs::read_to_string(&path)))
            });
        }
    }
    parity.end();
    let number = sysctl("number", "");
    let written = lack(Some(SYS_TIME), || errno(fs::write(&number, "5")));
    assert_eq!(written, Err(EPERM));
    // Each write is asked, also by an open file.
    let mut file = open(&number).unwrap();
    file.write_all(b"5").unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let written = lack(Some(SYS_TIME), || errno(file.write(b"6")));
    assert_eq!(written, Err(EPERM));
    assert_eq!(fs::read_to_string(&number).unwrap(), "5\n");
}

#[test]
fn files_ask_who_opens() {
    let _both = both();
    let mut parity = Parity::default();
    let debugfs = "/sys/kernel/debug";
    let file = |folder: &str, name: &str, end: &str| format!("{folder}/vm_capability{end}/{name}");
    for (folder, name) in [("/proc", "file"), (debugfs, "file"), (debugfs, "bytes")] {
        compare(&format!("{folder}, {name}"), &mut parity, |end| {
            open(&file(folder, name, end)).map(|mut file| {
                let mut text = String::new();
                let read = errno(file.read_to_string(&mut text));
                (read, text, errno(file.write(b"x")))
            })
        });
    }
    for folder in ["/proc", debugfs] {
        compare(&format!("{folder}, sink"), &mut parity, |end| {
            let sink = file(folder, "sink", end);
            let opened = errno(OpenOptions::new().write(true).open(sink));
            opened.map(|mut file| errno(file.write(b"x")))
        });
    }
    parity.end();
    for (folder, name) in [("/proc", "file"), (debugfs, "bytes")] {
        let path = file(folder, name, "");
        assert_eq!(lack(Some(SYS_PACCT), || open(&path)).err(), Some(EPERM));
    }
}

#[test]
fn files_in_sysfs_ask_at_each_read_and_write() {
    let _both = both();
    let mut parity = Parity::default();
    for name in ["file", "attr", "bytes"] {
        compare(name, &mut parity, |end| {
            open(&attribute(name, end)).map(|mut file| {
                let mut text = String::new();
                let read = errno(file.read_to_string(&mut text));
                (read, text, errno(file.write(b"3")), errno(file.write(b"x")))
            })
        });
    }
    parity.end();
    let bytes = attribute("bytes", "");
    let answers = lack(Some(SYS_TIME), || {
        let mut file = open(&bytes).unwrap();
        (errno(file.read(&mut [0; 8])), errno(file.write(b"x")))
    });
    assert_eq!(answers, (Err(EPERM), Err(EPERM)));
    let of_device = "/sys/devices/platform/vm_capability/attr".to_owned();
    for path in [attribute("attr", ""), of_device] {
        let mut file = open(&path).unwrap();
        file.write_all(b"3").unwrap();
        // Also of who opened it with the capability.
        let answers = lack(Some(SYS_TIME), || {
            let read = errno(file.read(&mut [0; 8]));
            (read, errno(file.write(b"4")))
        });
        assert_eq!(answers, (Err(EPERM), Err(EPERM)), "{path}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "3\n");
    }
}
