// SPDX-License-Identifier: GPL-2.0-only
//! Input devices: what is reported comes to `/dev/input` as the twin's does, and they go while they are
//! looked at.

mod support;

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, Loaded, Parity, Task, errno, input_events, load, load_named};
use support::{bind, read, same_files, write};

const ENODEV: i32 = 19;
const EACCES: i32 = 13;
const O_NONBLOCK: i32 = 0o4000;

/// The folder of the input device of this name that is a child of this platform device.
fn folder(device: &str, name: &str) -> String {
    let all = fs::read_dir(format!("/sys/devices/platform/{device}/input")).unwrap();
    let named = |path: &String| read(&format!("{path}/name")).is_ok_and(|it| it.trim_end() == name);
    let mut paths = all.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    paths.find(named).unwrap()
}

/// Its node.
fn node(folder: &str) -> String {
    let all = fs::read_dir(folder).unwrap();
    let mut names = all.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    format!(
        "/dev/input/{}",
        names.find(|name| name.starts_with("event")).unwrap()
    )
}

fn open(node: &str) -> Result<File, i32> {
    errno(
        OpenOptions::new()
            .read(true)
            .custom_flags(O_NONBLOCK)
            .open(node),
    )
}

/// Type, code and value of what was reported.
fn events(file: &File) -> Vec<(u16, u16, i32)> {
    input_events(file).unwrap()
}

const NAME: &str = "vm_classes keys";
const DEVICES: [&str; 2] = ["vm_classes", "vm_classes_input"];

fn both() -> [Loaded; 2] {
    [
        load(&[]).unwrap(),
        load_named("vm_classes_input", &[]).unwrap(),
    ]
}

fn tell(device: &str, what: &str) -> Result<usize, i32> {
    write(&format!("/sys/devices/platform/{device}/report"), what)
}

#[test]
fn what_a_device_has_is_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let folders = DEVICES.map(|device| folder(device, NAME));
    for part in ["", "/id", "/capabilities"] {
        let of = folders.each_ref().map(|folder| format!("{folder}{part}"));
        if part.is_empty() {
            // Numbers of devices and of their nodes are no two's.
            for file in [
                "name",
                "phys",
                "uniq",
                "modalias",
                "properties",
                "inhibited",
            ] {
                parity.case(
                    file,
                    of.each_ref()
                        .map(|folder| read(&format!("{folder}/{file}"))),
                );
            }
        } else {
            same_files(&mut parity, part, &of, &[]);
        }
    }
    parity.end();
}

#[test]
fn what_is_reported_is_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let files = DEVICES.map(|device| open(&node(&folder(device, NAME))).unwrap());
    for report in [
        "KEY_A 1",
        "SYN 0",
        "KEY_A 1",
        "SYN 0",
        "KEY_A 0",
        "BTN_LEFT 2",
        "SYN 0",
        "SYN 0",
        "KEY_Z 1",
        "SYN 0",
        "REL_X 3",
        "REL_X -4",
        "REL_X 0",
        "REL_Y 5",
        "SYN 0",
        "ABS_X 7",
        "SYN 0",
        "ABS_X 8",
        "ABS_X 9",
        "SYN 0",
        "ABS_X 99999",
        "SYN 0",
        "ABS_Y -1",
        "ABS_Y 255",
        "ABS_Z 3",
        "SYN 0",
        "SW_LID 1",
        "SW_LID 1",
        "SW_DOCK 1",
        "SYN 0",
        "SW_LID 0",
        "SYN 0",
        "KEY_A 2147483647",
        "SYN 0",
        "KEY_A",
        "x 1",
    ] {
        parity.case(report, DEVICES.map(|device| tell(device, report)));
        parity.case(report, files.each_ref().map(events));
    }
    parity.end();
}

#[test]
fn a_timer_may_report() {
    let _module = load(&[]).unwrap();
    let mut file = File::open(node(&folder("vm_classes", NAME))).unwrap();
    tell("vm_classes", "LATER 1").unwrap();
    let mut events = [0; 24 * 3];
    file.read_exact(&mut events).unwrap();
    let codes = [18, 18 + 24].map(|at| events[at]);
    assert_eq!(codes, [30, 30], "KEY_A, twice");
    assert_eq!([events[20], events[20 + 24]], [1, 0]);
}

#[test]
fn a_polled_device_is_polled_while_somebody_looks() {
    let _module = load(&[]).unwrap();
    let folder = folder("vm_classes", "vm_classes 0 polled");
    let node = node(&folder);
    let turns = || read("/sys/module/vm_classes/turns").unwrap();
    assert_eq!(turns(), "0\n");
    let mut file = File::open(&node).unwrap();
    let other = File::open(&node).unwrap();
    assert_eq!(turns(), "1\n");
    let mut one = [0; 24 * 2];
    for _ in 0..3 {
        file.read_exact(&mut one).unwrap();
        // BTN_0, which no handler of the kernel's looks for, then SYN_REPORT.
        assert_eq!(one[18..20], 0x100_u16.to_ne_bytes());
    }
    drop(other);
    assert_eq!(turns(), "1\n");
    drop(file);
    assert_eq!(turns(), "0\n");
    assert_eq!(read(&format!("{folder}/poll")).unwrap(), "5\n");
}

#[test]
fn who_may_not_open_it_is_told_so() {
    let _module = load(&[]).unwrap();
    let node = node(&folder("vm_classes", "vm_classes 0 polled"));
    let refuses = "/sys/devices/platform/vm_classes/refuses";
    write(refuses, "1").unwrap();
    assert_eq!(open(&node).err(), Some(EACCES));
    write(refuses, "0").unwrap();
    assert!(open(&node).is_ok());
}

#[test]
fn it_is_closed_when_it_goes_and_who_reads_is_told() {
    let _module = load(&[]).unwrap();
    let turns = || read("/sys/module/vm_classes/turns").unwrap();
    let polled = File::open(node(&folder("vm_classes", "vm_classes 0 polled"))).unwrap();
    let mut keys = File::open(node(&folder("vm_classes", NAME))).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    let sleeper = thread::spawn(move || {
        sender.send(Task::current()).unwrap();
        errno(keys.read(&mut [0; 24]))
    });
    receiver.recv().unwrap().until_asleep();
    assert_eq!(turns(), "1\n");
    bind("unbind").unwrap();
    assert_eq!(turns(), "0\n");
    assert_eq!(sleeper.join().unwrap(), Err(ENODEV));
    drop(polled);
    bind("bind").unwrap();
}

#[test]
fn they_go_while_they_are_opened_and_told() {
    let mut log = Kmsg::mark().unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                let _ = tell("vm_classes", "KEY_A 1");
                let _ = tell("vm_classes", "KEY_A 0");
                let _ = tell("vm_classes", "SYN 0");
            }
        });
        scope.spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                for entry in fs::read_dir("/dev/input").into_iter().flatten().flatten() {
                    if let Ok(mut file) = open(entry.path().to_str().unwrap()) {
                        let _ = file.read(&mut [0; 240]);
                    }
                }
            }
        });
        for _ in 0..2 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind"] {
                bind(how).unwrap();
            }
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
    let lines = log.lines().unwrap();
    let wrong = |line: &String| line.contains("Call Trace") || line.contains("it is ");
    assert!(!lines.iter().any(wrong), "{lines:?}");
}
