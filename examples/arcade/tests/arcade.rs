// SPDX-License-Identifier: GPL-2.0-only
//! The pad, played by the test, which has the driver in C shake it, too.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::thread;

use kmod_test::uhid::{Answers, Asked};
use kmod_test::{
    IoctlMemory, Kmsg, Loaded, Parity, Uhid, errno, input_events, ioctl, load, load_twin, rounds,
    until,
};

const USB: u16 = 3;
const O_NONBLOCK: i32 = 0o4000;
const EIO: i32 = 5;
const ENODEV: i32 = 19;

/// What the pad says of itself: X and Y, three buttons and one of the vendor's; lamps; how often it reports;
/// motors.
const DESCRIPTOR: &[u8] = &[
    0x05, 0x01, 0x09, 0x05, 0xa1, 0x01, 0x85, 0x01, 0x09, 0x30, 0x09, 0x31, 0x15, 0x00, 0x26, 0x7f,
    0x00, 0x75, 0x08, 0x95, 0x02, 0x81, 0x02, 0x05, 0x09, 0x19, 0x01, 0x29, 0x03, 0x25, 0x01, 0x75,
    0x01, 0x95, 0x03, 0x81, 0x02, 0x06, 0x00, 0xff, 0x09, 0x01, 0x95, 0x01, 0x81, 0x02, 0x95, 0x04,
    0x81, 0x03, 0x85, 0x02, 0x09, 0x02, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x01, 0x91, 0x02, 0x85,
    0x03, 0x09, 0x03, 0xb1, 0x02, 0x85, 0x04, 0x09, 0x04, 0x95, 0x02, 0x91, 0x02, 0xc0,
];

/// Codes of input events.
const EV_KEY: u16 = 1;
const EV_ABS: u16 = 3;
const ABS_X: u16 = 0;
const BTN_SOUTH: u16 = 0x130;
const BTN_MODE: u16 = 0x13c;
const EV_FF: u16 = 0x15;
const FF_RUMBLE: u16 = 0x50;
const FF_PERIODIC: u16 = 0x51;
const FF_SPRING: u16 = 0x53;
const FF_SINE: i16 = 0x5a;
const FF_GAIN: u16 = 0x60;

/// `EVIOCSFF`, `EVIOCRMFF`, `EVIOCGEFFECTS`
const UPLOAD: u32 = 0x4030_4580;
const REMOVE: u32 = 0x4004_4581;
const EFFECTS: u32 = 0x8004_4584;

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
    options.read(true).write(true).custom_flags(O_NONBLOCK);
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

/// An effect, as C has it: without an end unless `length` says so, in milliseconds.
fn effect(kind: u16, length: u16, words: [i16; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in [kind, 0xffff, 0, 0, 0, length, 0, 0] {
        bytes.extend(word.to_ne_bytes());
    }
    for word in words {
        bytes.extend(word.to_ne_bytes());
    }
    bytes.resize(48, 0);
    bytes
}

fn rumble(length: u16, strong: i16, weak: i16) -> Vec<u8> {
    effect(FF_RUMBLE, length, [strong, weak, 0, 0])
}

/// Takes an effect to a pad, and gives its number.
fn upload(file: &File, effect: &[u8]) -> Result<u16, i32> {
    let memory = IoctlMemory::new(effect).unwrap();
    errno(memory.ioctl(file, UPLOAD))?;
    let bytes = memory.bytes();
    Ok(u16::from_ne_bytes([bytes[2], bytes[3]]))
}

fn play(mut file: &File, code: u16, value: i32) -> Result<(), i32> {
    let mut event = vec![0; 16];
    event.extend(EV_FF.to_ne_bytes());
    event.extend(code.to_ne_bytes());
    event.extend(value.to_ne_bytes());
    errno(file.write_all(&event))
}

/// That the motors were told so.
fn shaken(strong: u8, weak: u8) -> Asked {
    Asked::Set(4, 1, vec![4, strong, weak])
}

/// A way to load a driver, and its name.
type Side = (fn(&[&str]) -> io::Result<Loaded>, &'static str);

const SIDES: [Side; 2] = [(load, "arcade"), (load_twin, "arcade_c")];

/// A pad of one of them, its input device opened.
fn shaker(name: &str) -> (Uhid, File) {
    let pad = plug(&[125]);
    until(|| pad.driver().as_deref() == Some(name));
    if name == "arcade" {
        until(|| pad.folder().join("rate").exists());
    }
    let file = open(&pad);
    pad.asked();
    (pad, file)
}

#[test]
fn motors_shake_as_those_of_c() {
    let mut parity = Parity::default();
    let seen = SIDES.map(|(load, name)| {
        let module = load(&[]).unwrap();
        let (pad, file) = shaker(name);
        let mut seen = Vec::new();
        let input = pad.input_node();
        let input = input.file_name().unwrap().to_str().unwrap();
        let has = format!("/sys/class/input/{input}/device/capabilities/ff");
        seen.push(fs::read_to_string(has).unwrap());
        let memory = IoctlMemory::new(&[0; 4]).unwrap();
        memory.ioctl(&file, EFFECTS).unwrap();
        seen.push(format!("{:?}", memory.bytes()));
        // As many as there is place for, and one more; kinds that it has not, or only as rumbles.
        let steady = rumble(0, 0x4000, 0x2000);
        let uploads: Vec<_> = (0..17).map(|_| upload(&file, &steady)).collect();
        seen.push(format!("{uploads:?}"));
        let removed = [2, 2, 77].map(|number| errno(ioctl(&file, REMOVE, number)));
        seen.push(format!("{removed:?}"));
        let sine = effect(FF_PERIODIC, 0, [FF_SINE, 10, 0x1000, 0]);
        let (spring, sine) = (
            upload(&file, &effect(FF_SPRING, 0, [0; 4])),
            upload(&file, &sine),
        );
        seen.push(format!("{spring:?} {sine:?}"));
        let told = |code, value, strong, weak| {
            play(&file, code, value).unwrap();
            until(|| pad.was_asked(&shaken(strong, weak)));
            pad.asked();
            format!("{strong} {weak}")
        };
        seen.push(told(0, 1, 0x40, 0x20));
        // Two at once are added up, and half as strong.
        seen.push(told(1, 1, 0x80, 0x40));
        seen.push(told(FF_GAIN, 0x8000, 0x40, 0x20));
        seen.push(told(1, 0, 0x20, 0x10));
        seen.push(told(0, 0, 0, 0));
        // One that ends by itself, and one that is erased while it shakes.
        errno(ioctl(&file, REMOVE, 3)).unwrap();
        let short = upload(&file, &rumble(1, 0x7000, 0x100)).unwrap();
        play(&file, short, 1).unwrap();
        until(|| pad.was_asked(&shaken(0, 0)));
        pad.asked();
        play(&file, FF_GAIN, 0xffff).unwrap();
        seen.push(told(5, 1, 0x40, 0x20));
        errno(ioctl(&file, REMOVE, 5)).unwrap();
        until(|| pad.was_asked(&shaken(0, 0)));
        pad.asked();
        // What who goes has left is stopped.
        seen.push(told(6, 1, 0x40, 0x20));
        drop(file);
        until(|| pad.was_asked(&shaken(0, 0)));
        drop(pad);
        drop(module);
        seen
    });
    assert!(seen[0][2].contains("Ok(15), Err("), "{:?}", seen[0]);
    let [ours, theirs] = seen;
    for (at, (ours, theirs)) in ours.into_iter().zip(theirs).enumerate() {
        parity.case(format!("step {at}"), [Ok::<_, i32>(ours), Ok(theirs)]);
    }
    parity.end();
}

#[test]
fn a_pad_rests_when_its_driver_goes() {
    for (load, name) in SIDES {
        let module = load(&[]).unwrap();
        let (pad, file) = shaker(name);
        let steady = upload(&file, &rumble(0, 0x4000, 0x2000)).unwrap();
        play(&file, steady, 1).unwrap();
        until(|| pad.was_asked(&shaken(0x40, 0x20)));
        fs::write(format!("/sys/bus/hid/drivers/{name}/unbind"), pad.name()).unwrap();
        until(|| pad.was_asked(&Asked::Stop));
        let asked = pad.asked();
        let last = asked.iter().rfind(|it| matches!(it, Asked::Set(4, ..)));
        assert_eq!(last, Some(&shaken(0, 0)), "{name}: {asked:?}");
        assert_eq!(play(&file, steady, 1), Err(ENODEV));
        drop(pad);
        drop(module);
    }
}

#[test]
fn a_pad_is_pulled_out_unbound_and_left_while_it_shakes() {
    let turns = rounds(3);
    let mut module = Some(load(&[]).unwrap());
    for turn in 0..turns {
        let (pad, file) = shaker("arcade");
        let short = upload(&file, &rumble(1, 0x4000, 0x2000)).unwrap();
        let shaking = thread::spawn(move || {
            loop {
                if let Err(error) = play(&file, short, 1) {
                    break error;
                }
            }
        });
        until(|| pad.was_asked(&shaken(0x40, 0x20)));
        match turn % 3 {
            0 => pad.unplug(),
            1 => fs::write("/sys/bus/hid/drivers/arcade/unbind", pad.name()).unwrap(),
            _ => {
                let module = module.take().unwrap();
                drop(module);
            }
        }
        assert_eq!(shaking.join().unwrap(), ENODEV);
        drop(pad);
        if module.is_none() {
            module = Some(load(&[]).unwrap());
        }
    }
}
