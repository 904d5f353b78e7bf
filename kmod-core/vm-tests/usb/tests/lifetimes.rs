// SPDX-License-Identifier: GPL-2.0-only
//! Devices that are given to the driver by hand, are pulled out, unbound and left by their module while all of
//! it runs.

mod support;

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use kmod_test::usb::UsbFunction;
use kmod_test::{Kmsg, UsbGadget, errno, load, rounds, until};
use support::{
    BULK_OUT, EINVAL, ENODEV, ENXIO, INTERRUPT_IN, answers, ask, bind, function, plugged,
    until_open,
};

const DRIVER: &str = "vm_usb";
const NODE: &str = "/dev/vm_usb0";

fn open() -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(NODE)
        .unwrap()
}

/// What `remove`, `Drop` and nobody's interface were answered, and how many have gone.
fn last() -> [u32; 4] {
    let text = fs::read_to_string("/dev/vm_usb_last").unwrap();
    let numbers = text
        .split_whitespace()
        .map(|n| u32::from_str_radix(n, 16).unwrap());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn each_id_says_what_it_is_and_of_two_the_first_counts() {
    let _module = load(&[]).unwrap();
    let vendor = [0xff, 0, 0];
    for (ids, classes, said) in [
        (
            (0x1209, 1),
            vec![[0xfe, 0x42, 0]],
            "1209:1 0 is Plain: 0xa5",
        ),
        (
            (0x1209, 2),
            vec![vendor, vendor],
            "1209:2 1 is Second: 0xa5",
        ),
        ((0x1209, 3), vec![vendor], "1209:3 0 is Both: 0xa5"),
        (
            (0x1209, 9),
            vec![[0xfe, 0x42, 0]],
            "1209:9 0 is Class: 0xa5",
        ),
        (
            (0x1208, 9),
            vec![[0xfe, 0x42, 0]],
            "1208:9 0 is Class: 0xa5",
        ),
        ((0x1208, 9), vec![vendor], "1208:9 0 is Vendor: 0xa5"),
    ] {
        let mut log = Kmsg::mark().unwrap();
        let function = UsbFunction {
            interfaces: classes.into_iter().map(|class| (class, vec![])).collect(),
            ..function(ids.0, ids.1)
        };
        let _gadget = UsbGadget::plug(function, answers).unwrap();
        log.until(|line| line.contains(said));
    }
}

#[test]
fn made_up_ids_are_taken_for_one_of_the_table_or_refused() {
    let _module = load(&[]).unwrap();
    let new_id = |id: &str| {
        let path = format!("/sys/bus/usb/drivers/{DRIVER}/new_id");
        errno(fs::write(path, id))
    };
    for wrong in ["x", "9999", "9999 1 1ff"] {
        assert_eq!(new_id(wrong), Err(EINVAL), "{wrong}");
    }
    for (id, said) in [
        ("9999 1", "9999:1 0 is Plain: 0xa5"),
        ("9999 2 ff", "9999:2 0 is Plain: 0xa5"),
        ("9999 3 0 1209 2", "9999:3 0 is Second: 0xa5"),
    ] {
        let mut log = Kmsg::mark().unwrap();
        new_id(id).unwrap();
        let product = said.as_bytes()[5] - b'0';
        let _gadget = UsbGadget::plug(function(0x9999, product.into()), answers).unwrap();
        log.until(|line| line.contains(said));
    }
}

#[test]
fn an_endpoint_that_is_not_there_is_told_of() {
    let _module = load(&["fail=2"]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let mut without = function(0x1209, 1);
    without.interfaces[0].1.clear();
    let gadget = UsbGadget::plug(without, answers).unwrap();
    log.until(|line| line.contains("the device has no interrupt-in endpoint number 0"));
    drop(gadget);
    let gadget = UsbGadget::plug(function(0x1209, 1), answers).unwrap();
    log.until(|line| line.contains("the device has no bulk-out endpoint number 1"));
    assert_eq!(gadget.driver(0), None);
}

#[test]
fn descriptors_that_lie_are_none_of_the_drivers_endpoints() {
    let _module = load(&[]).unwrap();
    // No packets; twice the same; a direction that is none's.
    let mut lies = function(0x1209, 1);
    lies.interfaces[0].1 = vec![(INTERRUPT_IN, 3, 8, 1), (BULK_OUT, 2, 0, 0)];
    let gadget = UsbGadget::plug(lies, answers).unwrap();
    until_open(NODE);
    assert_eq!(ask(NODE, "write 0 8 100"), Err(ENXIO));
    assert_eq!(ask(NODE, "read 0 8 100"), Err(ENXIO));
    assert_eq!(ask(NODE, "clear"), Err(ENXIO));
    drop(gadget);
}

#[test]
fn an_interface_is_there_until_the_last_handler_and_then_answers_enodev() {
    let module = load(&[]).unwrap();
    let gadget = plugged(NODE);
    let file = open();
    bind(DRIVER, "unbind", &gadget.name(0)).unwrap();
    assert_eq!(errno((&file).write_all(b"in 16 4")), Err(ENODEV));
    // `remove` could still ask it.
    assert_eq!(last()[0], 0xa5);
    drop(file);
    until(|| last()[3] == 1);
    let enodev = ENODEV.unsigned_abs() << 8;
    assert_eq!(last(), [0xa5, enodev, enodev, 1]);
    // Pulled out, not even that.
    bind(DRIVER, "bind", &gadget.name(0)).unwrap();
    until_open(NODE);
    drop(gadget);
    until(|| last()[3] == 2);
    assert_eq!(last()[0], enodev);
    drop(module);
}

/// Has an interface busy in all ways, and takes it away by `away`.
fn under_users(gadget: &UsbGadget, away: impl FnOnce(&UsbGadget)) {
    ask(NODE, "polls").unwrap();
    let node = open();
    thread::scope(|scope| {
        // None of these would end by itself.
        let commands = ["read 0 64 600000", "write 0 640 600000", "in 0x30 4 600000"];
        let waits = commands.map(|command| {
            let file = node.try_clone().unwrap();
            scope.spawn(move || errno((&file).write_all(command.as_bytes())))
        });
        let busy = node.try_clone().unwrap();
        let asks = scope.spawn(move || {
            loop {
                if errno((&busy).write_all(b"report 0 8 3")) == Err(ENODEV) {
                    break;
                }
            }
        });
        thread::sleep(Duration::from_millis(30));
        away(gadget);
        for (wait, command) in waits.into_iter().zip(commands) {
            let ended = wait.join().unwrap();
            // What the wire says of a device that is pulled out is one of these.
            assert!(ended.is_err(), "{command}: {ended:?}");
        }
        asks.join().unwrap();
    });
    // The kernel takes it from its driver a little later than from the wire.
    until(|| errno((&node).read(&mut [0; 8])) == Err(ENODEV));
    assert_eq!(errno((&node).write_all(b"in 0x10 4")), Err(ENODEV));
}

#[test]
fn a_device_is_pulled_out_again_and_again() {
    let module = load(&[]).unwrap();
    let turns = rounds(6);
    for _ in 0..turns {
        let gadget = plugged(NODE);
        under_users(&gadget, UsbGadget::unplug);
    }
    until(|| last()[3] == turns);
    drop(module);
}

#[test]
fn a_device_is_unbound_again_and_again() {
    let module = load(&[]).unwrap();
    let turns = rounds(6);
    for _ in 0..turns {
        let gadget = plugged(NODE);
        let name = gadget.name(0);
        under_users(&gadget, |_| bind(DRIVER, "unbind", &name).unwrap());
    }
    until(|| last()[3] == turns);
    drop(module);
}

#[test]
fn what_waits_when_it_is_unbound_gets_enodev() {
    let module = load(&[]).unwrap();
    let gadget = plugged(NODE);
    let node = open();
    let name = gadget.name(0);
    thread::scope(|scope| {
        let commands = ["read 0 64 600000", "report 0 8 600000", "in 0x30 4 600000"];
        let waits = commands.map(|command| {
            let node = &node;
            scope.spawn(move || {
                let mut node = node;
                errno(node.write_all(command.as_bytes()))
            })
        });
        until(|| gadget.asked().iter().any(|asked| asked.request == 0x30));
        thread::sleep(Duration::from_millis(30));
        bind(DRIVER, "unbind", &name).unwrap();
        for wait in waits {
            assert_eq!(wait.join().unwrap(), Err(ENODEV));
        }
    });
    drop(gadget);
    drop(node);
    drop(module);
}

#[test]
fn a_module_goes_while_its_device_is_busy() {
    for _ in 0..rounds(6) {
        let module = load(&[]).unwrap();
        let gadget = plugged(NODE);
        ask(NODE, "polls").unwrap();
        for report in 1..=4 {
            gadget.send(INTERRUPT_IN, b"12345678").unwrap();
            until(|| ask(NODE, "polled") == Ok(format!("{report:08x}")));
        }
        // Its work waits for the next report, for ever.
        drop(module);
        assert_eq!(gadget.driver(0), None);
    }
}
