// SPDX-License-Identifier: GPL-2.0-only
//! What a device sends by itself, next to a driver in C, and when it goes in the middle of it.

mod support;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kmod_test::usb::UsbFunction;
use kmod_test::{
    Kmsg, Parity, UsbGadget, errno, load, load_twin, param_of, rounds, set_param_of, until,
};
use support::{ENODEV, EOVERFLOW, EPIPE, INTERRUPT_IN, answers, bind, function, until_open};

const NODE: &str = "/dev/vm_usb_pad0";
const DRIVER: &str = "vm_usb_pad";
const EBUSY: i32 = 16;
const EHOSTUNREACH: i32 = 113;

/// The device, whose interface is bound.
fn plug(driver: &str) -> UsbGadget {
    let pad = UsbFunction {
        interfaces: vec![([0xff, 0, 0], vec![(INTERRUPT_IN, 3, 8, 1)])],
        ..function(0x1209, 5)
    };
    let gadget = UsbGadget::plug(pad, answers).unwrap();
    until(|| gadget.driver(0).as_deref() == Some(driver));
    if driver == DRIVER {
        until_open(NODE);
    }
    gadget
}

fn open() -> File {
    OpenOptions::new().write(true).open(NODE).unwrap()
}

/// A number in the interface's folder.
fn number(gadget: &UsbGadget, file: &str) -> u32 {
    let text = fs::read_to_string(gadget.interface(0).join(file)).unwrap_or_default();
    text.trim().parse().unwrap_or_default()
}

/// What is sent, and how many bytes are taken at a time.
const CASES: &[(&str, &[usize])] = &[
    ("size=8", &[8, 3, 1, 8, 0, 8]),
    ("size=16", &[7, 16, 3, 15, 5]),
    ("size=4", &[4, 8, 2]),
];

#[test]
fn what_comes_is_what_comes_to_c() {
    let mut parity = Parity::default();
    for (size, sent) in CASES {
        let seen = [true, false].map(|is_ours| {
            let (load, driver): (fn(&[&str]) -> _, _) = if is_ours {
                (load, DRIVER)
            } else {
                (load_twin, "vm_usb_pad_c")
            };
            let module = load(&[size]).unwrap();
            let gadget = plug(driver);
            let get = |file| match is_ours {
                true => number(&gadget, file),
                false => param_of("vm_usb_c", file).unwrap().parse().unwrap(),
            };
            let seen: Vec<_> = sent
                .iter()
                .map(|length| {
                    let before = (get("reports"), get("error"));
                    gadget.send(INTERRUPT_IN, &[7; 32][..*length]).unwrap();
                    // The device is done a little before its driver.
                    until(|| (get("reports"), get("error")) != before);
                    (get("reports"), get("sum"), get("error"))
                })
                .collect();
            gadget.stall(INTERRUPT_IN).unwrap();
            until(|| get("error") == EPIPE.unsigned_abs());
            drop(gadget);
            drop(module);
            seen
        });
        if *size == "size=4" {
            assert_eq!(seen[0].last().unwrap().2, EOVERFLOW.unsigned_abs());
        }
        parity.case((*size).to_owned(), seen);
    }
    parity.end();
}

#[test]
fn it_is_submitted_once_killed_and_submitted_again() {
    let module = load(&["size=8"]).unwrap();
    let gadget = plug(DRIVER);
    let node = open();
    let say = |what: &str| errno((&node).write_all(what.as_bytes()));
    assert_eq!(say("submit"), Err(EBUSY));
    gadget.send(INTERRUPT_IN, b"1").unwrap();
    until(|| number(&gadget, "works") == 1 && number(&gadget, "reports") == 1);
    assert_eq!(say("kill"), Ok(()));
    assert_eq!(say("kill"), Ok(()));
    assert_eq!(say("submit"), Ok(()));
    assert_eq!(say("submit"), Err(EBUSY));
    gadget.send(INTERRUPT_IN, b"1").unwrap();
    until(|| number(&gadget, "reports") == 2);
    assert_eq!(number(&gadget, "error"), 0);
    bind(DRIVER, "unbind", &gadget.name(0)).unwrap();
    for what in ["submit", "kill", "describe"] {
        assert_eq!(say(what), Err(ENODEV), "{what}");
    }
    drop(gadget);
    drop(node);
    drop(module);
}

/// The folder of the power of a device, which is to be suspended as soon as nobody uses it.
fn power(gadget: &UsbGadget) -> PathBuf {
    let interface = fs::canonicalize(gadget.interface(0)).unwrap();
    let power = interface.parent().unwrap().join("power");
    fs::write(power.join("autosuspend_delay_ms"), "0").unwrap();
    power
}

fn until_it_is(status: &str, power: &Path) {
    until(|| {
        fs::read_to_string(power.join("runtime_status"))
            .unwrap()
            .trim()
            == status
    });
}

#[test]
fn it_rests_while_the_device_is_suspended() {
    let module = load(&["size=8"]).unwrap();
    let gadget = plug(DRIVER);
    let power = power(&gadget);
    for turn in 1..=2 {
        fs::write(power.join("control"), "auto").unwrap();
        until_it_is("suspended", &power);
        assert_eq!(number(&gadget, "slept"), turn);
        fs::write(power.join("control"), "on").unwrap();
        until_it_is("active", &power);
        gadget.send(INTERRUPT_IN, b"1").unwrap();
        until(|| number(&gadget, "reports") == turn);
    }
    assert_eq!(number(&gadget, "error"), 0);
    drop(gadget);
    drop(module);
}

#[test]
fn who_uses_the_device_wakes_it() {
    let module = load(&["size=8"]).unwrap();
    let gadget = plug(DRIVER);
    let power = power(&gadget);
    fs::write(power.join("control"), "auto").unwrap();
    let node = open();
    let say = |what: &str| errno((&node).write_all(what.as_bytes()));
    for turn in 1..=3 {
        until_it_is("suspended", &power);
        assert_eq!(number(&gadget, "slept"), turn);
        assert_eq!(say("ask"), Err(EHOSTUNREACH));
        assert_eq!(say("use"), Ok(()));
    }
    // A guard that is forgotten keeps it on, until its driver is unbound.
    assert_eq!(say("forget"), Ok(()));
    assert_eq!(say("ask"), Ok(()));
    bind(DRIVER, "unbind", &gadget.name(0)).unwrap();
    assert_eq!(say("use"), Err(ENODEV));
    until_it_is("suspended", &power);
    bind(DRIVER, "bind", &gadget.name(0)).unwrap();
    until_open(NODE);
    until_it_is("suspended", &power);
    drop(gadget);
    assert_eq!(say("use"), Err(ENODEV));
    drop(node);
    drop(module);
}

#[test]
fn a_device_is_woken_as_by_c() {
    let seen = [true, false].map(|is_ours| {
        let (load, driver): (fn(&[&str]) -> _, _) = if is_ours {
            (load, DRIVER)
        } else {
            (load_twin, "vm_usb_pad_c")
        };
        let module = load(&["size=8"]).unwrap();
        let gadget = plug(driver);
        let power = power(&gadget);
        let say = |what: &str| match is_ours {
            true => errno(open().write_all(what.as_bytes())),
            false => errno(set_param_of("vm_usb_c", "ask", what)),
        };
        let both = |control: &str, status| {
            fs::write(power.join("control"), control).unwrap();
            until_it_is(status, &power);
            ["ask", "use"].map(say)
        };
        let seen = [
            both("auto", "suspended"),
            both("auto", "suspended"),
            both("on", "active"),
        ];
        drop(gadget);
        drop(module);
        seen
    });
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0][1], [Err(EHOSTUNREACH), Ok(())]);
}

#[test]
fn a_driver_that_cannot_suspend_is_not_bound() {
    let module = load(&["size=8"]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let gadget = UsbGadget::plug(function(0x1209, 6), answers).unwrap();
    log.until(|line| line.contains("vm_usb_awake") && line.ends_with("error -95"));
    assert_eq!(gadget.driver(0), None);
    drop(gadget);
    drop(module);
}

/// Sends reports until `stop`, and takes the device away by `away` in the middle of them.
fn under_reports(gadget: &UsbGadget, away: impl FnOnce()) {
    let stop = AtomicBool::new(false);
    let node = open();
    thread::scope(|scope| {
        let (stop, node) = (&stop, &node);
        scope.spawn(move || {
            let mut node = node;
            while !stop.load(Ordering::Relaxed) {
                let _ = node.write(b"kill");
                let _ = node.write(b"submit");
                // So that something comes between two of them.
                thread::sleep(Duration::from_millis(20));
            }
        });
        for report in 0..5 {
            gadget.send(INTERRUPT_IN, &[report]).unwrap();
        }
        away();
        stop.store(true, Ordering::Relaxed);
    });
    until(|| errno((&node).write_all(b"submit")) == Err(ENODEV));
}

#[test]
fn a_device_goes_in_the_middle_of_its_reports() {
    let module = load(&["size=8"]).unwrap();
    for turn in 0..rounds(4) {
        let gadget = plug(DRIVER);
        let name = gadget.name(0);
        under_reports(&gadget, || match turn % 2 {
            0 => gadget.unplug(),
            _ => bind(DRIVER, "unbind", &name).unwrap(),
        });
    }
    drop(module);
}

#[test]
fn a_module_goes_while_its_urb_waits() {
    for _ in 0..rounds(4) {
        let module = load(&["size=8"]).unwrap();
        let gadget = plug(DRIVER);
        gadget.send(INTERRUPT_IN, b"1").unwrap();
        drop(module);
        assert_eq!(gadget.driver(0), None);
    }
}
