// SPDX-License-Identifier: GPL-2.0-only
//! The keyboard, played by the test, which asks the same of the driver in C.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;

use kmod_test::uhid::{Answers, Asked};
use kmod_test::{Kmsg, Loaded, Uhid, errno, input_events, load, load_twin, until};

const USB: u16 = 3;
const O_NONBLOCK: i32 = 0o4000;
const EIO: i32 = 5;
const EINVAL: i32 = 22;
const EPROTO: i32 = 71;

/// Codes of keys.
const KEY_A: u16 = 30;
const KEY_F12: u16 = 88;
const KEY_PROG1: u16 = 148;
const KEY_F13: u16 = 183;
const KEY_F24: u16 = 194;

/// What the keyboard says of itself: modifiers, six keys at a time up to usage 0x65, its maker's key, its lock.
const DESCRIPTOR: &[u8] = &[
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x85, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00,
    0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x75, 0x08, 0x95, 0x06, 0x15, 0x00, 0x25, 0x65,
    0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0x06, 0x00, 0xff, 0x09, 0x01, 0x25, 0x01, 0x75, 0x01, 0x95,
    0x01, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0x85, 0x02, 0x09, 0x02, 0x26, 0xff, 0x00, 0x75, 0x08,
    0x95, 0x01, 0xb1, 0x02, 0xc0,
];

/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C.
const DRIVERS: [Load; 2] = [load, load_twin];

/// A keyboard with such a descriptor and lock, once it is bound.
fn plug(descriptor: &[u8], lock: &[u8]) -> Uhid {
    let answers = Answers {
        bytes: lock.to_vec(),
        ..Answers::default()
    };
    let keyboard = Uhid::answering(answers, USB, 0x1209, 0x7195, descriptor).unwrap();
    until(|| keyboard.folder().join("fn_lock").exists());
    keyboard
}

fn open(keyboard: &Uhid) -> File {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(O_NONBLOCK);
    options.open(keyboard.input_node()).unwrap()
}

/// The codes of keys that were pressed.
fn pressed(file: &File) -> Vec<u16> {
    let events = input_events(file).unwrap().into_iter();
    let presses = events.filter(|(kind, _, value)| (*kind, *value) == (1, 1));
    presses.map(|(_, code, _)| code).collect()
}

/// Has a keyboard say that these keys are down, and that none is.
fn strike(keyboard: &Uhid, keys: [u8; 2], sign: u8) {
    for report in [
        [1, 0, keys[0], keys[1], 0, 0, 0, 0, sign],
        [1, 0, 0, 0, 0, 0, 0, 0, 0],
    ] {
        keyboard.send(&report).unwrap();
    }
}

/// Strikes a key until it is heard: while a driver is being bound, nothing comes through.
fn until_heard(keyboard: &Uhid, file: &File) {
    until(|| {
        strike(keyboard, [0x04, 0], 0);
        pressed(file).contains(&KEY_A)
    });
}

#[test]
fn all_keys_are_heard() {
    for load in DRIVERS {
        let _module = load(&[]).unwrap();
        let keyboard = plug(DESCRIPTOR, &[0]);
        let file = open(&keyboard);
        until_heard(&keyboard, &file);
        strike(&keyboard, [0x45, 0x68], 0);
        strike(&keyboard, [0x73, 0], 0);
        // Beyond what it has.
        strike(&keyboard, [0x74, 0], 0);
        strike(&keyboard, [0, 0], 1);
        assert_eq!(pressed(&file), [KEY_F12, KEY_F13, KEY_F24, KEY_PROG1]);
    }
}

#[test]
fn descriptors_that_are_others_are_left_alone() {
    for load in DRIVERS {
        let _module = load(&[]).unwrap();
        let mut log = Kmsg::mark().unwrap();
        let mut right = DESCRIPTOR.to_vec();
        right[35] = 0x70;
        right[31] = 0x70;
        let keyboard = plug(&right, &[0]);
        log.until(|line| line.contains("tells of all its keys"));
        let file = open(&keyboard);
        until_heard(&keyboard, &file);
        strike(&keyboard, [0x70, 0x71], 0);
        // F21, and no F22.
        assert_eq!(pressed(&file), [191]);
        drop(keyboard);
        // The shortest that is a keyboard: one key.
        let short = [
            0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x09, 0x04, 0x15, 0x00, 0x25, 0x01,
            0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0xc0,
        ];
        plug(&short, &[0]);
    }
}

#[test]
fn the_lock_is_the_keyboards() {
    for load in DRIVERS {
        let _module = load(&[]).unwrap();
        let keyboard = plug(DESCRIPTOR, &[1]);
        let lock = keyboard.folder().join("fn_lock");
        assert_eq!(fs::read_to_string(&lock).unwrap(), "1\n");
        keyboard.asked();
        fs::write(&lock, "0\n").unwrap();
        fs::write(&lock, "1").unwrap();
        let set = |lock| Asked::Set(2, 0, vec![2, lock]);
        assert_eq!(keyboard.asked(), [set(0), set(1)]);
        assert_eq!(errno(fs::write(&lock, "2")), Err(EINVAL));
        assert_eq!(errno(fs::write(&lock, "on")), Err(EINVAL));
        // It answers too little, and then not at all.
        keyboard.answer(Answers::default());
        assert_eq!(errno(fs::read(&lock)), Err(EPROTO));
        keyboard.answer(Answers {
            error: 1,
            ..Answers::default()
        });
        assert_eq!(errno(fs::read(&lock)), Err(EIO));
        assert_eq!(errno(fs::write(&lock, "0")), Err(EIO));
    }
}
