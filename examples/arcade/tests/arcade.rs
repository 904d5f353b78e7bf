// SPDX-License-Identifier: GPL-2.0-only
//! The pad, played by the test.

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::thread;

use kmod_test::uhid::{Answers, Asked};
use kmod_test::{IoctlMemory, Kmsg, Uhid, errno, input_events, load, until};

const USB: u16 = 3;
const O_NONBLOCK: i32 = 0o4000;
const EIO: i32 = 5;

/// What the pad says of itself: X and Y, three buttons and one of the vendor's; lamps; how often it reports.
const DESCRIPTOR: &[u8] = &[
    0x05, 0x01, 0x09, 0x05, 0xa1, 0x01, 0x85, 0x01, 0x09, 0x30, 0x09, 0x31, 0x15, 0x00, 0x26, 0x7f,
    0x00, 0x75, 0x08, 0x95, 0x02, 0x81, 0x02, 0x05, 0x09, 0x19, 0x01, 0x29, 0x03, 0x25, 0x01, 0x75,
    0x01, 0x95, 0x03, 0x81, 0x02, 0x06, 0x00, 0xff, 0x09, 0x01, 0x95, 0x01, 0x81, 0x02, 0x95, 0x04,
    0x81, 0x03, 0x85, 0x02, 0x09, 0x02, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x01, 0x91, 0x02, 0x85,
    0x03, 0x09, 0x03, 0xb1, 0x02, 0xc0,
];

/// Codes of input events.
const EV_KEY: u16 = 1;
const EV_ABS: u16 = 3;
const ABS_X: u16 = 0;
const BTN_SOUTH: u16 = 0x130;
const BTN_MODE: u16 = 0x13c;

/// A pad that reports so often.
fn plug(rate: &[u8]) -> Uhid {
    let answers = Answers {
        bytes: rate.to_vec(),
        ..Answers::default()
    };
    Uhid::answering(answers, USB, 0x1209, 0xa4ca, DESCRIPTOR).unwrap()
}

fn led(player: u32) -> String {
    format!("/sys/class/leds/arcade0:green:player-{player}/brightness")
}

/// A pad that is bound.
fn pad() -> Uhid {
    let pad = plug(&[125]);
    until(|| fs::metadata(led(2)).is_ok() && pad.folder().join("rate").exists());
    pad
}

fn open(pad: &Uhid) -> File {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(O_NONBLOCK);
    options.open(pad.input_node()).unwrap()
}

/// Type, code and value of what has been reported, without what ends each report.
fn events(file: &File) -> Vec<(u16, u16, i32)> {
    let mut events = input_events(file).unwrap();
    events.retain(|(kind, ..)| [EV_KEY, EV_ABS].contains(kind));
    events
}

#[test]
fn the_stick_goes_as_far_as_it_does() {
    let _module = load(&[]).unwrap();
    let pad = pad();
    // EVIOCGABS(ABS_X): value, minimum, maximum, fuzz, flat, resolution.
    let memory = IoctlMemory::new(&[0; 24]).unwrap();
    memory.ioctl(open(&pad), 0x8018_4540).unwrap();
    let maximum = memory.bytes()[8..12].try_into().unwrap();
    assert_eq!(i32::from_ne_bytes(maximum), 255);
}

#[test]
fn buttons_are_pressed_once_and_home_is_one() {
    let _module = load(&[]).unwrap();
    let pad = pad();
    let file = open(&pad);
    // While the driver is being bound, nothing comes through.
    let mut heard = false;
    while !heard {
        pad.send(&[1, 1, 1, 0]).unwrap();
        pad.send(&[1, 2, 2, 0]).unwrap();
        heard = !events(&file).is_empty();
    }
    let raw = fs::File::open(pad.hidraw_node().unwrap()).unwrap();
    for _ in 0..2 {
        pad.send(&[1, 200, 2, 0b1001]).unwrap();
    }
    let expected = [
        (EV_ABS, ABS_X, 200),
        (EV_KEY, BTN_SOUTH, 1),
        (EV_KEY, BTN_MODE, 1),
    ];
    assert_eq!(events(&file), expected);
    let mut report = [0; 8];
    assert_eq!((&raw).read(&mut report).unwrap(), 4);
    pad.send(&[1, 200, 2, 0]).unwrap();
    // The second report of the two was nobody's.
    assert_eq!((&raw).read(&mut report).unwrap(), 4);
    assert_eq!(report[..4], [1, 200, 2, 0]);
}

#[test]
fn lamps_are_the_players() {
    let _module = load(&[]).unwrap();
    let pad = pad();
    pad.asked();
    let sent = |lamps| Asked::Set(2, 1, vec![2, lamps]);
    for (player, brightness, lamps) in [(1, "1", 1), (2, "1", 3), (1, "0", 2)] {
        fs::write(led(player), brightness).unwrap();
        // A worker of the kernel's sets it, a little later.
        until(|| pad.was_asked(&sent(lamps)));
    }
    assert_eq!(pad.asked(), [sent(1), sent(3), sent(2)]);
}

#[test]
fn the_rate_is_read_and_set() {
    let _module = load(&[]).unwrap();
    let pad = pad();
    let file = pad.folder().join("rate");
    assert_eq!(fs::read_to_string(&file).unwrap(), "125\n");
    pad.asked();
    fs::write(&file, "250\n").unwrap();
    assert_eq!(pad.asked(), [Asked::Set(3, 0, vec![3, 250])]);
    assert!(fs::write(&file, "256").is_err());
    let failing = Answers {
        error: 1,
        ..Answers::default()
    };
    pad.answer(failing);
    assert_eq!(errno(fs::read(&file)), Err(EIO));
}

#[test]
fn a_pad_that_answers_too_little_is_not_bound() {
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let pad = plug(&[]);
    // EPROTO
    let refused = "failed with error -71";
    while !log
        .lines()
        .unwrap()
        .iter()
        .any(|line| line.contains(refused))
    {
        thread::yield_now();
    }
    let name = pad.name();
    let bind = "/sys/bus/hid/drivers/arcade/bind";
    assert!(fs::write(bind, &name).is_err());
    pad.answer(Answers {
        bytes: vec![125],
        ..Answers::default()
    });
    assert_eq!(errno(fs::write(bind, &name)), Ok(()));
}
