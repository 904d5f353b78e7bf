// SPDX-License-Identifier: GPL-2.0-only
//! What scan codes stand for comes to `/dev/input` as the twin's does, and user space exchanges keys.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::thread;

use kmod_test::{
    IoctlMemory, Kmsg, Loaded, Parity, errno, input_events, load, load_twin, rounds, until,
};

const ENOENT: i32 = 2;
const EINVAL: i32 = 22;
const ENODEV: i32 = 19;
const O_NONBLOCK: i32 = 0o4000;

const KEY_UNKNOWN: u16 = 240;

/// `EVIOCGKEYCODE`, `EVIOCSKEYCODE`, of two numbers each
const GET: u32 = 0x8008_4504;
const SET: u32 = 0x4008_4504;
/// The same of a `struct input_keymap_entry`
const GET_ENTRY: u32 = 0x8028_4504;

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
    let all = fs::read_dir(folder(device, name)).unwrap();
    let mut names = all.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let event = names.find(|name| name.starts_with("event")).unwrap();
    let mut options = OpenOptions::new();
    options.read(true).write(true).custom_flags(O_NONBLOCK);
    options.open(format!("/dev/input/{event}")).unwrap()
}

fn tell(node: &str, what: &str) -> Result<(), i32> {
    let mut node = OpenOptions::new().write(true).open(node).unwrap();
    errno(node.write_all(what.as_bytes()))
}

fn both() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

/// What a device answers to an ioctl with these numbers.
fn asked(file: &File, what: u32, numbers: &[u32]) -> Result<Vec<u8>, i32> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|it| it.to_ne_bytes()).collect();
    let memory = IoctlMemory::new(&bytes).unwrap();
    errno(memory.ioctl(file, what))?;
    Ok(memory.bytes().to_vec())
}

#[test]
fn what_scan_codes_stand_for_is_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    for name in ["vm_touch keys", "vm_touch switches"] {
        for kind in ["ev", "key", "msc", "sw"] {
            let both = DEVICES.map(|device| {
                let path = format!("{}/capabilities/{kind}", folder(device, name));
                errno(fs::read_to_string(path))
            });
            parity.case(format!("{name}: {kind}"), both);
        }
    }
    let both = NODES.map(|node| {
        let mut log = Kmsg::mark().unwrap();
        let codes = [1, 2, 3, 4, 0x10, 0x11, 0x20, 0x30, -0x7fff_fffe];
        let answers = codes.map(|code| tell(node, &format!("entry {code}")));
        let lines = log.lines().unwrap().into_iter();
        let mut said: Vec<String> = lines
            .filter_map(|line| line.split_once("0x").map(|(_, said)| said.to_owned()))
            .collect();
        said.sort();
        assert_eq!(said.len(), 10, "{said:?}");
        Ok::<_, i32>((answers, said))
    });
    parity.case("entries".to_owned(), both);
    parity.end();
}

#[test]
fn scan_codes_come_as_from_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let mut seen = Vec::new();
    for name in ["vm_touch keys", "vm_touch switches"] {
        let files = DEVICES.map(|device| open(device, name));
        for step in [
            "scan 1 1",
            // It is pressed already; then it is let go, twice.
            "scan 1 1",
            "scan 1 0",
            "scan 1 0",
            "tap 2",
            "tap -2147483646",
            "scan 3 1",
            "tap 3",
            "scan 16 0",
            "scan 16 1",
            "scan 17 1",
            "tap 32",
            "scan 32 0",
            "tap 48",
            // No such code: pressed, let go, both.
            "scan 5 1",
            "scan 5 0",
            "tap 5",
        ] {
            let answers = NODES.map(|node| tell(node, step));
            let both =
                [0, 1].map(|it| Ok::<_, i32>((answers[it], input_events(&files[it]).unwrap())));
            seen.extend(both[0].clone().unwrap().1);
            parity.case(format!("{name}: {step}"), both);
        }
    }
    parity.end();
    // MSC_SCAN, the key, one that is not known, switches.
    for event in [
        (4, 4, 1),
        (1, 148, 1),
        (1, 238, 0),
        (4, 4, 5),
        (1, KEY_UNKNOWN, 1),
        (5, 0, 1),
        (5, 1, 1),
        (5, 5, 1),
    ] {
        assert!(seen.contains(&event), "{event:?}: {seen:?}");
    }
    for node in NODES {
        assert_eq!(tell(node, "tap 5"), Err(ENOENT));
        assert_eq!(tell(node, "tap 48"), Ok(()));
    }
}

#[test]
fn user_space_exchanges_keys_as_in_c() {
    let _modules = both();
    let files = DEVICES.map(|device| open(device, "vm_touch keys"));
    let mut parity = Parity::default();
    for step in [
        // What codes stand for.
        (GET, vec![1, 0]),
        (GET, vec![0x8000_0002, 0]),
        (GET, vec![0x10, 0]),
        (GET, vec![0x99, 0]),
        // The entry of a place, and of one that there is not.
        (GET_ENTRY, vec![0x0001_0401, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (GET_ENTRY, vec![0x0063_0401, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        // KEY_A for 1; KEY_WLAN stays while another code has it; a switch, no such code, and no such key.
        (SET, vec![1, 30]),
        (SET, vec![2, 31]),
        (SET, vec![0x8000_0002, 32]),
        (SET, vec![0x10, 30]),
        (SET, vec![0x30, 30]),
        (SET, vec![0x99, 30]),
        (SET, vec![3, 0x300]),
        (SET, vec![3, 0x2ff]),
        (GET, vec![1, 0]),
        (GET, vec![3, 0]),
    ] {
        let answers = [0, 1].map(|it| {
            let answer = asked(&files[it], step.0, &step.1);
            let path = format!("{}/capabilities/key", folder(DEVICES[it], "vm_touch keys"));
            Ok::<_, i32>((answer, fs::read_to_string(path).unwrap()))
        });
        parity.case(format!("{step:x?}"), answers);
    }
    for step in ["tap 1", "tap 2", "tap -2147483646", "tap 3", "scan 1 1"] {
        let answers = NODES.map(|node| tell(node, step));
        let both = [0, 1].map(|it| Ok::<_, i32>((answers[it], input_events(&files[it]).unwrap())));
        parity.case(step.to_owned(), both);
    }
    // A key that is pressed is let go when another takes its place.
    let both = [&files[0], &files[1]].map(|file| {
        let answer = asked(file, SET, &[1, 148]);
        Ok::<_, i32>((answer, input_events(file).unwrap()))
    });
    assert!(both[0].clone().unwrap().1.contains(&(1, 30, 0)), "{both:?}");
    parity.case("exchanged while it is pressed".to_owned(), both);
    parity.end();
    assert_eq!(asked(&files[0], SET, &[0x10, 30]), Err(EINVAL));
    let mut log = Kmsg::mark().unwrap();
    asked(&files[0], SET, &[2, 33]).unwrap();
    tell(NODES[0], "entry 2").unwrap();
    let lines = log.lines().unwrap();
    assert!(
        lines.iter().any(|line| line.contains("0x2 is 1 33 0")),
        "{lines:?}"
    );
}

#[test]
fn keys_go_while_they_are_pressed_and_exchanged() {
    for turn in 0..rounds(5) {
        let module = load(&[]).unwrap();
        let keys = open(DEVICES[0], "vm_touch keys");
        let mut node = OpenOptions::new().write(true).open(NODES[0]).unwrap();
        let pressing = thread::spawn(move || {
            loop {
                for step in ["scan 1 1", "tap 2", "tap 99", "scan 1 0", "entry 2"] {
                    match errno(node.write_all(step.as_bytes())) {
                        Ok(()) | Err(ENOENT) => {}
                        Err(error) => return error,
                    }
                }
            }
        });
        let exchanging = thread::spawn(move || {
            loop {
                for key in [30, 31] {
                    if let Err(error) = asked(&keys, SET, &[1, key]) {
                        return error;
                    }
                }
            }
        });
        let watched = open(DEVICES[0], "vm_touch keys");
        until(|| !input_events(&watched).unwrap().is_empty());
        fs::write("/sys/bus/platform/drivers/vm_touch/unbind", "vm_touch").unwrap();
        if turn % 2 == 0 {
            fs::write("/sys/bus/platform/drivers/vm_touch/bind", "vm_touch").unwrap();
        }
        assert_eq!(pressing.join().unwrap(), ENODEV);
        assert_eq!(exchanging.join().unwrap(), ENODEV);
        assert_eq!(asked(&watched, GET, &[1, 0]), Err(ENODEV));
        drop(module);
    }
}
