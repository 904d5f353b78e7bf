// SPDX-License-Identifier: GPL-2.0-only
//! Devices next to a driver in C: what they are to user space, what becomes of their reports, and what is asked
//! of them.

mod support;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::io::Result;

use kmod_test::uhid::{Answers, Asked};
use kmod_test::{Kmsg, Loaded, Parity, errno, load, load_twin, modinfo, set_param_of, until};
use support::{
    EINVAL, EIO, VIRTUAL, ask, bind, events, keyboard, open, plug, reports, until_refused,
};

/// A module, how it is loaded, its driver and its node.
struct Side {
    load: fn(&[&str]) -> Result<Loaded>,
    name: &'static str,
    node: &'static str,
}

const SIDES: [Side; 2] = [
    Side {
        load,
        name: "vm_hid",
        node: "/dev/vm_hid0",
    },
    Side {
        load: load_twin,
        name: "vm_hid_c",
        node: "/dev/vm_hid_c0",
    },
];

/// What both do.
fn both<T>(what: impl Fn(&Side) -> T) -> [T; 2] {
    SIDES.each_ref().map(what)
}

#[test]
fn aliases_are_those_of_c() {
    let aliases = |name| -> BTreeSet<String> { modinfo(name, "alias=hid:").unwrap() };
    let ours = aliases("vm_hid");
    assert_eq!(ours, aliases("vm_hid_c"));
    assert!(ours.contains("alias=hid:b0003g*v00001235p*"), "{ours:?}");
}

#[test]
fn what_a_device_is_to_user_space_is_as_in_c() {
    let mut parity = Parity::default();
    for fixup in ["0", "1", "3"] {
        for product in [1, 2] {
            let seen = both(|side| {
                let module = (side.load)(&[&format!("fixup={fixup}")]).unwrap();
                let device = keyboard(side.node, product);
                assert_eq!(device.driver().as_deref(), Some(side.name));
                let node = device.input_node();
                let input = format!(
                    "/sys/class/input/{}/device",
                    node.file_name().unwrap().to_str().unwrap()
                );
                let files = ["key", "rel", "abs", "led", "ev"];
                let has = files.map(|file| {
                    fs::read_to_string(format!("{input}/capabilities/{file}")).unwrap()
                });
                let read = |file| fs::read(device.folder().join(file)).unwrap();
                let is = (
                    has,
                    read("report_descriptor"),
                    device.hidraw_node().is_some(),
                );
                drop(device);
                drop(module);
                is
            });
            parity.case(format!("fixup {fixup}, product {product}"), seen);
        }
    }
    parity.end();
}

#[test]
fn a_descriptor_that_is_none_is_refused_as_in_c() {
    for fixup in ["fixup=2", "fixup=4"] {
        let seen = both(|side| {
            let module = (side.load)(&[fixup]).unwrap();
            let mut log = Kmsg::mark().unwrap();
            let device = plug(VIRTUAL, 0x1234, 1);
            until_refused(&mut log, &device, EINVAL);
            let name = device.name();
            let again = bind(side.name, "bind", &name);
            set_param_of(side.name, "fixup", "0").unwrap();
            let taken = bind(side.name, "bind", &name);
            drop(device);
            drop(module);
            (again, taken)
        });
        assert_eq!(seen[0], seen[1], "{fixup}");
        assert!(seen[0].0.is_err());
        assert_eq!(seen[0].1, Ok(()));
    }
}

#[test]
fn a_failing_probe_says_why_as_in_c() {
    let seen = both(|side| {
        let module = (side.load)(&["fail=1"]).unwrap();
        let mut log = Kmsg::mark().unwrap();
        let device = plug(VIRTUAL, 0x1234, 1);
        until_refused(&mut log, &device, EIO);
        let name = device.name();
        let failed = bind(side.name, "bind", &name);
        set_param_of(side.name, "fail", "0").unwrap();
        let later = bind(side.name, "bind", &name);
        let twice = bind(side.name, "bind", &name).is_err();
        drop(device);
        drop(module);
        (failed, later, twice)
    });
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].0.is_err() && seen[0].1.is_ok() && seen[0].2);
}

/// Reports, long and short.
const REPORTS: &[&[u8]] = &[
    &[1, 0x01],
    &[1, 0x02],
    &[1, 0x04],
    &[1, 0x08],
    &[1, 0x10],
    &[1, 0x40],
    &[1, 0x80],
    &[1, 0xff],
    &[1, 0x00],
    &[1],
    &[1, 0x01, 0x02, 0x03],
    &[1, 0x00],
    &[3, 1, 2, 3, 4],
    &[3, 0xee, 2, 3, 4],
    &[3, 0xff, 2, 3, 4],
    &[3, 0xff, 2],
    &[3, 0xff],
    &[3],
    &[2, 1, 2, 3],
    &[9, 1],
    &[0],
    &[],
];

#[test]
fn what_becomes_of_reports_is_as_in_c() {
    let mut parity = Parity::default();
    let seen = both(|side| {
        let module = (side.load)(&[]).unwrap();
        let device = keyboard(side.node, 1);
        let (evdev, mut raw) = (
            open(device.input_node()),
            open(device.hidraw_node().unwrap()),
        );
        let seen: Vec<_> = REPORTS
            .iter()
            .map(|report| {
                let sent = errno(device.send(report));
                let counts = ask(side.node, "counts");
                (sent, counts, events(&evdev), reports(&mut raw))
            })
            .collect();
        drop(device);
        drop(module);
        seen
    });
    let some = seen[0].iter().any(|(_, _, events, _)| !events.is_empty());
    assert!(some, "nothing was reported");
    // The one that the driver refuses, and the one that it changes.
    assert_eq!(seen[0][13].3, Vec::<Vec<u8>>::new());
    assert_eq!(seen[0][14].3, [[3, 0xff, 0x55, 3, 4]]);
    // `b` is nobody's, and `d` is a telephone.
    let pressed = |at: usize| {
        seen[0][at]
            .2
            .iter()
            .any(|event| event.0 == 1 && event.2 == 1)
    };
    assert!(pressed(0) && !pressed(1));
    assert!(seen[0][3].2.contains(&(1, 0xa9, 1)), "{:?}", seen[0][3].2);
    let [ours, theirs] = seen;
    for ((report, ours), theirs) in REPORTS.iter().zip(ours).zip(theirs) {
        parity.case(format!("{report:?}"), [ours, theirs]);
    }
    parity.end();
}

#[test]
fn what_is_asked_of_a_device_is_as_in_c() {
    let mut parity = Parity::default();
    let commands = [
        "get 2 2 4",
        "get 2 2 2",
        "get 2 2 1",
        "get 2 2 0",
        "get 2 2 30",
        "get 0 3 5",
        "get 1 1 2",
        "get 2 77 4",
        "set 2 2 4",
        "set 2 2 1",
        "set 2 2 0",
        "set 1 1 2",
        "set 0 3 2",
        "set 2 2 4096",
        "set 2 2 20000",
        "output 1 1 2",
        "output 1 1 0",
        "output 1 1 300",
        "nothing",
    ];
    let answers = [
        (0, vec![0xa5, 1, 2]),
        (0, vec![]),
        (0, vec![9; 40]),
        (5, vec![1, 2, 3]),
    ];
    let seen = both(|side| {
        let module = (side.load)(&[]).unwrap();
        let device = keyboard(side.node, 1);
        let mut seen = Vec::new();
        for (error, bytes) in &answers {
            device.answer(Answers {
                error: *error,
                bytes: bytes.clone(),
                silent: false,
            });
            for command in commands {
                device.asked();
                let answer = ask(side.node, command);
                let asked = RefCell::new(Vec::new());
                let has_come = || {
                    asked.borrow_mut().extend(device.asked());
                    !asked.borrow().is_empty()
                };
                // What goes out one way only is seen a little later.
                if command.starts_with("output") && answer.is_ok() {
                    until(has_come);
                } else {
                    has_come();
                }
                seen.push((answer, asked.into_inner()));
            }
        }
        drop(device);
        drop(module);
        seen
    });
    assert_eq!(seen[0][0].0, Ok("02a50102".to_owned()));
    assert_eq!(seen[0][3].0, Err(EINVAL));
    assert_eq!(seen[0][15].1, [Asked::Output(vec![1, 0x77])]);
    let [ours, theirs] = seen;
    let cases = answers
        .iter()
        .flat_map(|answer| commands.map(|command| format!("{answer:?}: {command}")));
    for ((case, ours), theirs) in cases.zip(ours).zip(theirs) {
        parity.case(case, [ours, theirs]);
    }
    parity.end();
}

#[test]
fn a_device_is_started_asked_and_stopped_in_order_as_in_c() {
    let seen = both(|side| {
        let module = (side.load)(&[]).unwrap();
        let device = keyboard(side.node, 1);
        // The driver hears reports before the console opens the keyboard.
        until(|| device.was_asked(&Asked::Open));
        let begun = device.asked();
        let led = format!(
            "/sys/class/leds/{}/brightness",
            side.node.trim_start_matches("/dev/")
        );
        fs::write(&led, "2").unwrap();
        // A worker of the kernel's sets it, a little later.
        until(|| device.was_asked(&Asked::Set(1, 1, vec![1, 2])));
        let used = device.asked();
        bind(side.name, "unbind", &device.name()).unwrap();
        until(|| device.was_asked(&Asked::Stop));
        let ended = device.asked();
        drop(device);
        drop(module);
        (begun, used, ended)
    });
    assert_eq!(seen[0], seen[1]);
    let (begun, used, ended) = &seen[0];
    assert_eq!(begun[..2], [Asked::Start, Asked::Get(2, 0)]);
    let lamp = |value| Asked::Set(1, 1, vec![1, value]);
    assert!(used.contains(&lamp(2)), "{used:?}");
    // The lamp is put out by who is still there, before the device is stopped.
    assert!(ended.contains(&lamp(0)), "{ended:?}");
    assert_eq!(ended.last(), Some(&Asked::Stop));
}
