// SPDX-License-Identifier: GPL-2.0-only
//! What is touched comes to `/dev/input` as the twin's does, and what is shaken comes to the driver.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::thread;

use kmod_test::{
    IoctlMemory, Kmsg, Loaded, Parity, errno, input_events, ioctl, load, load_twin, rounds, until,
};

const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const O_NONBLOCK: i32 = 0o4000;

const EV_FF: u16 = 0x15;
const FF_RUMBLE: u16 = 0x50;
const FF_PERIODIC: u16 = 0x51;
const FF_CONSTANT: u16 = 0x52;
const FF_SPRING: u16 = 0x53;
const FF_SINE: u16 = 0x5a;
const FF_GAIN: u16 = 0x60;

/// `EVIOCSFF`, `EVIOCRMFF`, `EVIOCGEFFECTS`
const UPLOAD: u32 = 0x4030_4580;
const REMOVE: u32 = 0x4004_4581;

const NODES: [&str; 2] = ["/dev/vm_touch", "/dev/vm_touch_c"];
const DEVICES: [&str; 2] = ["vm_touch", "vm_touch_c"];

/// The folder of the input device of this name that is a child of this platform device.
fn folder(device: &str, name: &str) -> String {
    let all = fs::read_dir(format!("/sys/devices/platform/{device}/input")).unwrap();
    let named = |path: &String| {
        fs::read_to_string(format!("{path}/name")).is_ok_and(|it| it.trim_end() == name)
    };
    let mut paths = all.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    paths.find(named).unwrap()
}

/// Its node, opened.
fn open(device: &str, name: &str) -> File {
    let folder = folder(device, name);
    let all = fs::read_dir(folder).unwrap();
    let mut names = all.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let event = names.find(|name| name.starts_with("event")).unwrap();
    let mut options = OpenOptions::new();
    options.read(true).write(true).custom_flags(O_NONBLOCK);
    options.open(format!("/dev/input/{event}")).unwrap()
}

/// Type, code and value of what was reported.
fn events(file: &File) -> Vec<(u16, u16, i32)> {
    input_events(file).unwrap()
}

fn tell(node: &str, what: &str) -> Result<(), i32> {
    errno(
        OpenOptions::new()
            .write(true)
            .open(node)
            .unwrap()
            .write_all(what.as_bytes()),
    )
}

fn both() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

#[test]
fn what_a_pad_has_is_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    for name in ["vm_touch pad", "vm_touch stick"] {
        for file in [
            "properties",
            "capabilities/abs",
            "capabilities/ev",
            "capabilities/ff",
            "capabilities/key",
        ] {
            let both = DEVICES.map(|device| {
                errno(fs::read_to_string(format!(
                    "{}/{file}",
                    folder(device, name)
                )))
            });
            parity.case(format!("{name}: {file}"), both);
        }
        let pads = DEVICES.map(|device| open(device, name));
        for axis in [0, 1, 0x18, 0x2f, 0x35, 0x36, 0x39, 0x3a, 0x3b] {
            // EVIOCGABS: six numbers.
            let both = [&pads[0], &pads[1]].map(|pad| {
                let memory = IoctlMemory::new(&[0; 24]).unwrap();
                errno(memory.ioctl(pad, 0x8018_4540 + axis)).map(|_| memory.bytes().to_vec())
            });
            parity.case(format!("{name}: axis {axis:#x}"), both);
        }
    }
    parity.end();
    let pad = folder(DEVICES[0], "vm_touch pad");
    // INPUT_PROP_DIRECT
    assert_eq!(
        fs::read_to_string(format!("{pad}/properties")).unwrap(),
        "2\n"
    );
}

#[test]
fn touches_come_as_from_c() {
    let _modules = both();
    let mut pads = DEVICES.map(|device| open(device, "vm_touch pad"));
    let mut parity = Parity::default();
    let mut seen = Vec::new();
    for frame in [
        "slot 0 0 1;x 100;y 200;pressure 30;frame;sync",
        "slot 1 0 1;x 1000;y 20;slot 0 0 1;x 101;y 200;frame;sync",
        // A change that is noise, and one that is none.
        "slot 0 0 1;x 102;slot 1 0 1;y 20;frame;sync",
        // The second finger is a palm now.
        "slot 1 2 1;x 1000;slot 0 0 1;frame;sync",
        // A pen, beyond the axis.
        "slot 3 1 1;x 9999;y -5;slot 0 0 1;slot 1 2 1;frame;sync",
        // The first is lifted; the second is not told of, and so lifted, too.
        "slot 0 0 0;slot 3 1 1;frame;sync",
        // No such slot, no such axis.
        "slot 4 0 1;x 7;slot 65535 0 1;distance 3;frame;sync",
        "frame;sync",
        "sync",
        "x 5;sync",
    ] {
        for step in frame.split(';') {
            for node in NODES {
                tell(node, step).unwrap();
            }
        }
        let [ours, twins] = &mut pads;
        let both = [events(ours), events(twins)].map(Ok::<_, i32>);
        seen.extend(both[0].clone().unwrap());
        parity.case(frame.to_owned(), both);
    }
    parity.end();
    // BTN_TOUCH, the second slot, the number of its touch, and where the first touch is.
    for event in [
        (1, 0x14a, 1),
        (3, 0x2f, 1),
        (3, 0x39, 1),
        (3, 0x35, 100),
        (3, 0x00, 100),
    ] {
        assert!(seen.contains(&event), "{event:?}: {seen:?}");
    }
    assert_eq!(tell(NODES[0], "slot -1 0 1"), Err(EINVAL));
}

/// An effect, as C has it: without an end unless `length` says so, in milliseconds.
fn effect(kind: u16, length: u16, direction: u16, words: [i16; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in [kind, 0xffff, direction, 0, 0, length, 0, 0] {
        bytes.extend(word.to_ne_bytes());
    }
    for word in words {
        bytes.extend(word.to_ne_bytes());
    }
    bytes.resize(48, 0);
    bytes
}

/// Takes an effect to a device, and gives its number.
fn upload(file: &File, effect: &[u8]) -> Result<u16, i32> {
    let memory = IoctlMemory::new(effect).unwrap();
    errno(memory.ioctl(file, UPLOAD))?;
    let bytes = memory.bytes();
    Ok(u16::from_ne_bytes([bytes[2], bytes[3]]))
}

fn play(file: &mut File, code: u16, value: i32) -> Result<(), i32> {
    let mut event = vec![0; 16];
    event.extend(EV_FF.to_ne_bytes());
    event.extend(code.to_ne_bytes());
    event.extend(value.to_ne_bytes());
    errno(file.write_all(&event))
}

/// How a device was shaken, as one read of its node tells.
fn shakes(node: &str) -> String {
    let mut text = [0; 1024];
    let read = File::open(node).unwrap().read_at(&mut text, 0).unwrap();
    String::from_utf8(text[..read].to_vec()).unwrap()
}

/// The shakes that are others than those before: the kernel's timer tells the same once more, if it comes in between.
fn changes(shakes: &str) -> Vec<Vec<&str>> {
    let of_line = |line| {
        let mut shakes: Vec<&str> = str::split(line, ", ").collect();
        shakes.dedup();
        shakes
    };
    shakes.lines().map(of_line).collect()
}

#[test]
fn shakes_come_as_to_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let mut told = Vec::new();
    for (device, node) in DEVICES.into_iter().zip(NODES) {
        let (mut pad, mut stick) = (open(device, "vm_touch pad"), open(device, "vm_touch stick"));
        let mut answers = Vec::new();
        let rumble = upload(&pad, &effect(FF_RUMBLE, 0, 0, [0x4000, 0x2000, 0, 0]));
        let sine = effect(FF_PERIODIC, 0, 0x4000, [FF_SINE as i16, 10, 0x1000, 0]);
        let sine = upload(&pad, &sine);
        let constant = upload(&stick, &effect(FF_CONSTANT, 0, 0x4000, [0x3000, 0, 0, 0]));
        answers.push(format!("{rumble:?} {sine:?} {constant:?}"));
        // Kinds that they have not.
        let spring = upload(&pad, &effect(FF_SPRING, 0, 0, [0; 4]));
        let other = upload(&stick, &effect(FF_SPRING, 0, 0, [0; 4]));
        answers.push(format!("{spring:?} {other:?}"));
        let (rumble, sine) = (rumble.unwrap(), sine.unwrap());
        for (code, value) in [
            (rumble, 1),
            (sine, 1),
            (sine, 0),
            (FF_GAIN, 0x8000),
            (rumble, 0),
        ] {
            answers.push(format!("{:?}", play(&mut pad, code, value)));
        }
        for value in [1, 0] {
            answers.push(format!("{:?}", play(&mut stick, constant.unwrap(), value)));
        }
        // One that ends by itself.
        let short = upload(&pad, &effect(FF_RUMBLE, 1, 0, [0x7000, 0x100, 0, 0])).unwrap();
        play(&mut pad, short, 1).unwrap();
        until(|| {
            shakes(node)
                .lines()
                .next()
                .is_some_and(|line| line.ends_with(" 0 0, ") || line.ends_with(", 0 0, "))
        });
        errno(ioctl(&pad, REMOVE, short.into())).unwrap();
        answers.push(format!("{:?}", errno(ioctl(&pad, REMOVE, 15))));
        let all = shakes(node);
        told.push((answers, format!("{:?}", changes(&all))));
    }
    let [ours, twins] = [told[0].clone(), told[1].clone()];
    parity.case("answers".to_owned(), [Ok::<_, i32>(ours.0), Ok(twins.0)]);
    parity.case(
        "shakes".to_owned(),
        [Ok::<_, i32>(ours.1.clone()), Ok(twins.1)],
    );
    parity.end();
    assert!(ours.1.contains("16384 8192"), "{}", ours.1);
}

#[test]
fn what_shakes_for_ever_is_stopped_when_its_device_goes() {
    for turn in 0..rounds(5) {
        let module = load(&[]).unwrap();
        let mut pad = open(DEVICES[0], "vm_touch pad");
        let rumble = upload(&pad, &effect(FF_RUMBLE, 0, 0, [0x4000, 0x2000, 0, 0])).unwrap();
        play(&mut pad, rumble, 1).unwrap();
        until(|| shakes(NODES[0]).contains("16384 8192, "));
        let mut log = Kmsg::mark().unwrap();
        if turn % 2 == 0 {
            fs::write("/sys/bus/platform/drivers/vm_touch/unbind", "vm_touch").unwrap();
            let lines = log.lines().unwrap();
            assert!(
                lines.iter().any(|line| line.contains("shakes 0 0")),
                "{lines:?}"
            );
            assert_eq!(play(&mut pad, rumble, 1), Err(ENODEV));
        }
        drop(module);
        assert_eq!(play(&mut pad, rumble, 1), Err(ENODEV));
    }
}

#[test]
fn a_device_goes_while_it_is_shaken_and_touched() {
    for _ in 0..rounds(5) {
        let module = load(&[]).unwrap();
        let mut pad = open(DEVICES[0], "vm_touch pad");
        let short = upload(&pad, &effect(FF_RUMBLE, 1, 0, [0x4000, 0x2000, 0, 0])).unwrap();
        let shaking = thread::spawn(move || {
            loop {
                if let Err(error) = play(&mut pad, short, 1) {
                    break error;
                }
            }
        });
        let node = OpenOptions::new().write(true).open(NODES[0]).unwrap();
        let touching = thread::spawn(move || {
            let mut node = node;
            loop {
                for step in ["slot 1 0 1", "x 3", "frame", "sync"] {
                    if let Err(error) = errno(node.write_all(step.as_bytes())) {
                        return error;
                    }
                }
            }
        });
        until(|| shakes(NODES[0]).contains("16384 8192, "));
        fs::write("/sys/bus/platform/drivers/vm_touch/unbind", "vm_touch").unwrap();
        assert_eq!(shaking.join().unwrap(), ENODEV);
        assert_eq!(touching.join().unwrap(), ENODEV);
        drop(module);
    }
}
