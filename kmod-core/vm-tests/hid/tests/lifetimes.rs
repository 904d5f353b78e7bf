// SPDX-License-Identifier: GPL-2.0-only
//! Devices that are given to the driver by hand, are pulled out, unbound and left by their module while all of
//! it runs.

mod support;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::uhid::{Answers, Asked};
use kmod_test::{Kmsg, Uhid, errno, load, rounds, until};
use support::{
    EINVAL, ENODEV, KEYBOARD, VIRTUAL, ask, bind, keyboard, open, plug, until_heard, until_refused,
};

const DRIVER: &str = "vm_hid";
const NODE: &str = "/dev/vm_hid0";

/// What `remove`, `Drop` and nobody's handle were answered, and how many have gone.
fn last() -> [u32; 4] {
    let text = fs::read_to_string("/dev/vm_hid_last").unwrap();
    let numbers = text
        .split_whitespace()
        .map(|n| u32::from_str_radix(n, 16).unwrap());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

/// Whether the log has a line with this, since it was marked.
fn logged(log: &mut Kmsg, text: &str) -> bool {
    log.lines().unwrap().iter().any(|line| line.contains(text))
}

#[test]
fn of_ids_that_match_twice_the_first_counts() {
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let device = keyboard(NODE, 2);
    assert!(logged(&mut log, "6:1234:2 is Large: 0xa5"));
    drop(device);
    // On another bus the other one of the same product does.
    let device = plug(3, 0x1234, 2);
    until_heard(&device, NODE);
    assert!(logged(&mut log, "3:1234:2 is Small: 0xa5"));
    drop(device);
    let device = plug(3, 0x1235, 77);
    until_heard(&device, NODE);
    assert!(logged(&mut log, "3:1235:4d is Large: 0xa5"));
}

#[test]
fn made_up_ids_are_taken_for_one_of_the_table_or_refused() {
    let _module = load(&["fixup=1"]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let new_id = |id: &str| {
        let path = format!("/sys/bus/hid/drivers/{DRIVER}/new_id");
        errno(fs::write(path, id))
    };
    for wrong in ["x", "6", "6 1234"] {
        assert!(new_id(wrong).is_err(), "{wrong}");
    }
    new_id("6 9999 1 1").unwrap();
    let device = plug(VIRTUAL, 0x9999, 1);
    until_heard(&device, NODE);
    assert!(logged(&mut log, "6:9999:1 is Large"));
    drop(device);
    for (product, data) in [
        (2, "4"),
        (3, "ffffffffffffffff"),
        (4, "7fffffffffffffff"),
        (5, "ffffffff81000000"),
    ] {
        new_id(&format!("6 9999 {product} {data}")).unwrap();
        let device = plug(VIRTUAL, 0x9999, product);
        until_refused(&mut log, &device, EINVAL);
        assert!(bind(DRIVER, "bind", &device.name()).is_err(), "{data}");
        assert_ne!(device.driver().as_deref(), Some(DRIVER));
    }
    // The same device as one of the table's, with data of no row: what was written by hand comes first.
    new_id("6 1234 1 99").unwrap();
    let device = plug(VIRTUAL, 0x1234, 1);
    until_refused(&mut log, &device, EINVAL);
}

#[test]
fn a_descriptor_that_is_too_long_is_not_taken() {
    let _module = load(&["fixup=5"]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let device = keyboard(NODE, 1);
    assert!(logged(&mut log, "descriptor is too long, and is not taken"));
    let taken = fs::read(device.folder().join("report_descriptor")).unwrap();
    assert_eq!(taken, KEYBOARD);
}

#[test]
fn a_device_that_only_its_driver_reads_is_on_and_has_no_nodes() {
    let _module = load(&[]).unwrap();
    let device = plug(VIRTUAL, 0x1236, 1);
    let read = |file: &str| {
        let text = fs::read_to_string(device.folder().join(file)).unwrap_or_default();
        text.trim().parse::<u32>().unwrap_or_default()
    };
    until(|| {
        device.send(&[1, 0x01]).unwrap();
        device.send(&[1, 0x00]).unwrap();
        read("events") > 0
    });
    device.send(&[1, 0x80]).unwrap();
    assert_eq!(read("last"), 0x7_000b);
    assert_eq!(device.hidraw_node(), None);
    assert!(!device.folder().join("input").exists());
    assert_eq!(device.asked(), [Asked::Start, Asked::Open]);
    bind("vm_hid_always", "unbind", &device.name()).unwrap();
    until(|| device.was_asked(&Asked::Stop));
    assert_eq!(device.asked(), [Asked::Close, Asked::Stop]);
}

#[test]
fn one_that_others_read_is_on_while_they_do() {
    let _module = load(&[]).unwrap();
    // The console reads whatever has keys: this one has a report that nobody knows.
    let descriptor = [
        0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x85, 0x03, 0x09, 0x02, 0x15, 0x00, 0x26, 0xff,
        0x00, 0x75, 0x08, 0x95, 0x04, 0x81, 0x02, 0xc0,
    ];
    let device = Uhid::new(VIRTUAL, 0x1234, 1, &descriptor).unwrap();
    until_heard(&device, NODE);
    assert!(!device.was_asked(&Asked::Open));
    let raw = open(device.hidraw_node().unwrap());
    until(|| device.was_asked(&Asked::Open));
    drop(raw);
    until(|| device.was_asked(&Asked::Close));
}

#[test]
fn a_device_is_there_until_the_last_handler_and_then_answers_enodev() {
    let module = load(&[]).unwrap();
    let device = keyboard(NODE, 1);
    let file = open(NODE);
    bind(DRIVER, "unbind", &device.name()).unwrap();
    assert_eq!(errno((&file).write_all(b"get 2 2 4")), Err(ENODEV));
    assert_eq!(last()[0], 0xa5);
    drop(file);
    until(|| last()[3] == 1);
    let enodev = ENODEV.unsigned_abs() << 8;
    assert_eq!(last(), [0xa5, enodev, enodev, 1]);
    drop(device);
    drop(module);
}

/// Reads a node until it says that its device has gone; gives the errno.
fn read_to_the_end(mut file: File) -> i32 {
    let mut bytes = [0; 256];
    loop {
        match errno(file.read(&mut bytes)) {
            Err(11) => thread::yield_now(),
            Err(error) => return error,
            Ok(_) => {}
        }
    }
}

/// Has a keyboard busy in all ways, and takes it away by `away`.
fn under_users(turn: u32, device: &Uhid, away: impl FnOnce(&Uhid)) {
    ask(NODE, "asks 0 0 1").unwrap();
    let node = open(NODE);
    let (evdev, raw) = (
        open(device.input_node()),
        open(device.hidraw_node().unwrap()),
    );
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            let mut state = 0_u8;
            while !stop.load(Ordering::Relaxed) {
                state = state.wrapping_add(1);
                let _ = device.send(&[1, state]);
                let _ = device.send(&[3, state, 2, 3, 4]);
            }
        });
        scope.spawn(move || {
            let led = "/sys/class/leds/vm_hid0/brightness";
            while !stop.load(Ordering::Relaxed) {
                let _ = fs::write(led, "1");
                let _ = fs::write(led, "0");
            }
        });
        let readers = [evdev, raw].map(|file| scope.spawn(move || read_to_the_end(file)));
        let busy = node.try_clone().unwrap();
        let asks = scope.spawn(move || {
            loop {
                if let Err(error) = errno((&busy).write_all(b"get 2 2 4"))
                    && error == ENODEV
                {
                    break;
                }
            }
        });
        if turn.is_multiple_of(3) {
            until(|| ask(NODE, "asked").is_ok_and(|asked| asked != "00000000"));
        }
        away(device);
        asks.join().unwrap();
        let ends = readers.map(|reader| reader.join().unwrap());
        assert_eq!(ends, [ENODEV, support::EIO], "turn {turn}");
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(errno((&node).read(&mut [0; 8])), Err(ENODEV));
}

#[test]
fn a_device_is_pulled_out_again_and_again() {
    let module = load(&[]).unwrap();
    let turns = rounds(8);
    for turn in 0..turns {
        let device = keyboard(NODE, 1);
        under_users(turn, &device, Uhid::unplug);
    }
    until(|| last()[3] == turns);
    drop(module);
}

#[test]
fn a_device_is_unbound_again_and_again() {
    let module = load(&[]).unwrap();
    let device = keyboard(NODE, 1);
    let name = device.name();
    let turns = rounds(8);
    for turn in 0..turns {
        under_users(turn, &device, |_| bind(DRIVER, "unbind", &name).unwrap());
        bind(DRIVER, "bind", &name).unwrap();
        until_heard(&device, NODE);
    }
    drop(device);
    until(|| last()[3] == turns + 1);
    drop(module);
}

#[test]
fn a_module_goes_while_its_devices_are_busy() {
    let device = plug(VIRTUAL, 0x1234, 1);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (stop, device) = (&stop, &device);
        scope.spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                let _ = device.send(&[1, 0x55]);
                let _ = device.send(&[1, 0x00]);
            }
        });
        for _ in 0..rounds(8) {
            let module = load(&[]).unwrap();
            let name = device.name();
            // The kernel's own driver has it, if it was quicker.
            if device.driver().as_deref() != Some(DRIVER) {
                let _ = bind("hid-generic", "unbind", &name);
                let _ = bind(DRIVER, "bind", &name);
            }
            until_heard(device, NODE);
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_device_that_does_not_answer_can_be_pulled_out() {
    let module = load(&[]).unwrap();
    let device = keyboard(NODE, 1);
    device.answer(Answers {
        silent: true,
        ..Answers::default()
    });
    device.asked();
    let node = open(NODE);
    let waits = thread::spawn(move || errno((&node).write_all(b"get 2 2 4")));
    until(|| device.was_asked(&Asked::Get(2, 0)));
    device.unplug();
    assert!(waits.join().unwrap().is_err());
    drop(device);
    drop(module);
}
