// SPDX-License-Identifier: GPL-2.0-only
//! Radios: `/dev/rfkill` and sysfs show of them what they do of the twin's, and they go while they are set.

mod support;

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, Parity, load, load_named, until};
use support::{after_unbind, bind, read, same_files, write};

const ENODEV: i32 = 19;
const O_NONBLOCK: i32 = 0o4000;

/// `struct rfkill_event`, of the length that all kernels know: `idx`, `type`, `op`, `soft`, `hard`.
type Event = [u8; 8];

const BLUETOOTH: u8 = 2;
const OP_CHANGE: u8 = 2;
const OP_CHANGE_ALL: u8 = 3;

/// The folder of the radio of this kind below a platform device.
fn folder(device: &str, kind: &str) -> String {
    let all = fs::read_dir(format!("/sys/devices/platform/{device}/rfkill")).unwrap();
    let mut paths = all.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    paths
        .find(|path| read(&format!("{path}/type")).unwrap().trim() == kind)
        .unwrap()
}

fn tells(device: &str) -> String {
    format!("/sys/devices/platform/{device}/radio_tells")
}

const DEVICES: [&str; 2] = ["vm_classes", "vm_classes_rfkill"];

fn radios() -> File {
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).custom_flags(O_NONBLOCK);
    options.open("/dev/rfkill").unwrap()
}

/// What has happened since.
fn events(mut file: &File) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        let mut event = Event::default();
        match file.read(&mut event) {
            Ok(len) => assert_eq!(len, event.len()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return events,
            Err(error) => panic!("{error}"),
        }
        events.push(event);
    }
}

/// Those of the radio of this number, without it.
fn events_of(events: &[Event], number: u32) -> Vec<[u8; 4]> {
    let own = events
        .iter()
        .filter(|event| event[..4] == number.to_ne_bytes());
    own.map(|event| [event[4], event[5], event[6], event[7]])
        .collect()
}

fn number(folder: &str) -> u32 {
    read(&format!("{folder}/index"))
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

#[test]
fn what_is_said_and_set_is_as_in_c() {
    let _modules = [
        load(&[]).unwrap(),
        load_named("vm_classes_rfkill", &[]).unwrap(),
    ];
    let folders = DEVICES.map(|device| folder(device, "bluetooth"));
    let numbers = folders.each_ref().map(|folder| number(folder));
    let mut parity = Parity::default();
    same_files(&mut parity, "a radio", &folders, &["uevent", "index"]);
    let file = radios();
    let all = events(&file);
    parity.case("at first", numbers.map(|number| events_of(&all, number)));
    let state = || {
        [0, 1].map(|which: usize| {
            let files = ["soft", "hard", "state"].map(|name| format!("{}/{name}", folders[which]));
            let mut all: Vec<_> = files.iter().map(|path| read(path)).collect();
            all.push(read(&tells(DEVICES[which])));
            all
        })
    };
    let change = |number: u32, soft: u8, op: u8, kind: u8| {
        let mut event = Event::default();
        event[..4].copy_from_slice(&number.to_ne_bytes());
        event[4..].copy_from_slice(&[kind, op, soft, 0]);
        event
    };
    let seen = Cell::new(0);
    let told = Cell::new(numbers.map(|number| events_of(&all, number).pop()));
    // With each, how many events it brings at least: what is told comes by a work, which says what is so by then, and may
    // come once more.
    for (step, count) in [
        ("soft 1", 1),
        ("soft 1", 0),
        ("soft 0", 1),
        ("soft 2", 0),
        ("state 0", 1),
        ("state 1", 1),
        ("state 2", 0),
        ("tell hw 1", 1),
        ("tell hw 1", 0),
        ("tell sw 1", 0),
        ("tell hw 0", 1),
        ("tell sw 0", 1),
        ("tell slide 1", 0),
        ("soft 1", 2),
        ("tell slide 0", 0),
        ("soft 0", 2),
        ("tell stubborn 1", 0),
        ("soft 0", 1),
        ("soft 1", 0),
        ("tell stubborn 0", 0),
        ("soft 0", 1),
        ("one 1", 1),
        ("one 0", 1),
        ("all 1", 1),
        ("all 0", 1),
        ("other 1", 0),
        ("tell hw 2", 0),
        ("tell x 1", 0),
    ] {
        let (what, value) = step.rsplit_once(' ').unwrap();
        let soft = u8::from(value == "1");
        let done = [0, 1].map(|which: usize| match what.split_once(' ') {
            Some((_, what)) => write(&tells(DEVICES[which]), &format!("{what} {value}\n")),
            None => {
                let event = match what {
                    "one" => change(numbers[which], soft, OP_CHANGE, BLUETOOTH),
                    "all" => change(0, soft, OP_CHANGE_ALL, BLUETOOTH),
                    "other" => change(numbers[which], soft, OP_CHANGE, 1),
                    file => return write(&format!("{}/{file}", folders[which]), value),
                };
                Ok((&file).write(&event).unwrap())
            }
        });
        parity.case(step, done);
        let come = Cell::new([0; 2]);
        let enough = || {
            let all = events(&file);
            seen.set(seen.get() + all.len());
            for which in [0, 1] {
                let own = events_of(&all, numbers[which]);
                let (mut come_now, mut told_now) = (come.get(), told.get());
                come_now[which] += own.len();
                told_now[which] = own.last().copied().or(told_now[which]);
                come.set(come_now);
                told.set(told_now);
            }
            let is_so = |which: usize| {
                let [_, _, soft, hard] = told.get()[which].unwrap_or_default();
                let is = ["soft", "hard"].map(|name| read(&format!("{}/{name}", folders[which])));
                is == [soft, hard].map(|blocked| Ok(format!("{blocked}\n")))
            };
            count == 0
                || [0, 1]
                    .into_iter()
                    .all(|which| come.get()[which] >= count && is_so(which))
        };
        until(enough);
        parity.case(step, told.get());
        parity.case(step, state());
    }
    assert!(seen.get() > 30, "{}", seen.get());
    parity.end();
    let own = fs::read_dir("/sys/devices/virtual/rfkill").unwrap();
    let own: Vec<_> = own.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(own.len(), 1);
    let own = own[0].to_str().unwrap();
    assert_eq!(read(&format!("{own}/name")).unwrap(), "own_radio\n");
    assert_eq!(read(&format!("{own}/type")).unwrap(), "nfc\n");
}

#[test]
fn one_that_keeps_its_state_is_polled() {
    let _module = load(&[]).unwrap();
    let folder = folder(DEVICES[0], "gps");
    let [soft, hard, persistent] =
        ["soft", "hard", "persistent"].map(|file| format!("{folder}/{file}"));
    assert_eq!(read(&soft).unwrap(), "1\n");
    assert_eq!(read(&persistent).unwrap(), "1\n");
    assert_eq!(read(&hard).unwrap(), "0\n");
    write(&tells(DEVICES[0]), "kept 1").unwrap();
    // The kernel polls every five seconds.
    until(|| read(&hard).unwrap() == "1\n");
}

#[test]
fn an_open_file_does_not_keep_the_radio() {
    let _module = load(&[]).unwrap();
    let soft = format!("{}/soft", folder(DEVICES[0], "bluetooth"));
    assert_eq!(after_unbind(&soft), Err(ENODEV));
}

#[test]
fn they_go_while_they_are_set() {
    let mut log = Kmsg::mark().unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = radios();
            while !stop.load(Ordering::Relaxed) {
                for soft in [1, 0] {
                    // All radios of all kinds.
                    file.write_all(&[0, 0, 0, 0, 0, OP_CHANGE_ALL, soft, 0])
                        .unwrap();
                }
                let _ = events(&file);
            }
        });
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                for what in ["hw 1", "sw 1", "slide 1", "hw 0", "sw 0", "slide 0"] {
                    let _ = write(&tells(DEVICES[0]), what);
                }
            }
        });
        for _ in 0..4 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                bind(how).unwrap();
            }
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("Call Trace")),
        "{lines:?}"
    );
}
