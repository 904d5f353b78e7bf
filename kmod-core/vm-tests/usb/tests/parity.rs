// SPDX-License-Identifier: GPL-2.0-only
//! Devices next to a driver in C: by which ids they are found, and what transfers give.

mod support;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Result;
use std::thread;

use kmod_test::usb::UsbFunction;
use kmod_test::{Kmsg, Loaded, Parity, UsbGadget, load, load_twin, modinfo, set_param_of, until};
use support::{
    BULK_IN, BULK_OUT, EOVERFLOW, EPIPE, ETIMEDOUT, INTERRUPT_IN, answers, ask, bind, function,
    plugged, until_open,
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
        name: "vm_usb",
        node: "/dev/vm_usb0",
    },
    Side {
        load: load_twin,
        name: "vm_usb_c",
        node: "/dev/vm_usb_c0",
    },
];

/// What both do.
fn both<T>(what: impl Fn(&Side) -> T) -> [T; 2] {
    SIDES.each_ref().map(what)
}

#[test]
fn aliases_are_those_of_c() {
    let aliases = |name| -> BTreeSet<String> { modinfo(name, "alias=usb:").unwrap() };
    let ours = aliases("vm_usb");
    assert_eq!(ours, aliases("vm_usb_c"));
    assert_eq!(ours.len(), 7, "{ours:?}");
    assert!(ours.contains("alias=usb:v1209p0002d*dc*dsc*dp*ic*isc*ip*in01*"));
}

/// Functions, and how many interfaces they have.
fn functions() -> Vec<UsbFunction> {
    let of = |vendor, product, classes: &[[u8; 3]]| UsbFunction {
        interfaces: classes.iter().map(|class| (*class, vec![])).collect(),
        ..function(vendor, product)
    };
    let vendor = [0xff, 0, 0];
    vec![
        function(0x1209, 1),
        of(0x1209, 2, &[vendor, vendor]),
        of(0x1209, 3, &[vendor]),
        of(0x1209, 3, &[[0xfe, 1, 0]]),
        of(0x1209, 4, &[[0xfe, 0x42, 7]]),
        of(0x1209, 4, &[[0xfe, 0x43, 7]]),
        of(0x1208, 0x9999, &[vendor]),
        of(0x1207, 1, &[vendor]),
    ]
}

#[test]
fn interfaces_are_bound_by_the_ids_that_c_binds_them_by() {
    let mut parity = Parity::default();
    let mut bound = 0;
    for function in functions() {
        let seen = both(|side| {
            let module = (side.load)(&[]).unwrap();
            let gadget = UsbGadget::plug(function.clone(), answers).unwrap();
            let last = function.interfaces.len() - 1;
            gadget.interface(last);
            // Whether or not the kernel has done it already.
            let tries: Vec<_> = (0..=last)
                .map(|number| {
                    let _ = bind(side.name, "bind", &gadget.name(number));
                    gadget.driver(number).is_some()
                })
                .collect();
            drop(gadget);
            drop(module);
            tries
        });
        bound += seen[0].iter().filter(|is| **is).count();
        parity.case(
            format!("{:x?} {:x?}", function.ids, function.interfaces),
            seen,
        );
    }
    assert_eq!(bound, 5);
    parity.end();
}

#[test]
fn what_control_transfers_give_is_as_in_c() {
    let mut parity = Parity::default();
    let commands = [
        "in 0x10 5",
        "in 0x10 4",
        "in 0x10 1",
        "in 0x10 0",
        "in 0x10 9",
        "in 0x11 4",
        "in 0x12 64",
        "in 0x12 200",
        "in 0x12 65535",
        "in 0x12 65536",
        "in 0x40 4",
        "in 0x40 0",
        "out 0x20 0",
        "out 0x20 1",
        "out 0x20 64",
        "out 0x20 200",
        "out 0x20 65536",
        "out 0x40 0",
        "class 0x20 3",
        "class 0x40 0",
        "string 1 32",
        "string 2 32",
        "string 2 4",
        "string 2 10",
        "string 1 1",
        "string 0 32",
        "string 3 32",
        "sizes",
        "nothing",
    ];
    let seen = both(|side| {
        let module = (side.load)(&[]).unwrap();
        let gadget = plugged(side.node);
        gadget.asked();
        let seen = commands.map(|command| {
            let answer = ask(side.node, command);
            let asked = RefCell::new(gadget.asked());
            // What brings bytes is over before the device hears of it.
            if answer.is_ok() && (command.starts_with("out") || command.starts_with("class")) {
                until(|| {
                    asked.borrow_mut().extend(gadget.asked());
                    !asked.borrow().is_empty()
                });
            }
            (answer, asked.into_inner())
        });
        drop(gadget);
        drop(module);
        seen
    });
    assert_eq!(seen[0][0].0, Ok("a501020304".to_owned()));
    assert_eq!(seen[0][10].0, Err(EPIPE));
    assert_eq!(seen[0][16].0, Err(support::EINVAL));
    assert_eq!(seen[0][20].0, Ok("4d616b6572".to_owned()));
    assert_eq!(seen[0][27].0, Ok("81004001".to_owned()));
    let [ours, theirs] = seen;
    for ((command, ours), theirs) in commands.iter().zip(ours).zip(theirs) {
        parity.case((*command).to_owned(), [ours, theirs]);
    }
    parity.end();
}

/// What a command gives while the device sends this by an endpoint, and what becomes of that.
fn while_sent(
    gadget: &UsbGadget,
    node: &str,
    command: &str,
    (endpoint, bytes): (u8, &[u8]),
) -> (std::result::Result<String, i32>, bool) {
    thread::scope(|scope| {
        let sent = scope.spawn(move || gadget.send(endpoint, bytes).is_ok());
        let answer = ask(node, command);
        // What is left of it goes, too.
        while !sent.is_finished() && answer.is_ok() {
            let _ = ask(node, "read 0 64 100");
        }
        (answer, sent.join().unwrap())
    })
}

#[test]
fn what_bulk_and_interrupt_transfers_give_is_as_in_c() {
    let mut parity = Parity::default();
    let bytes: Vec<u8> = (0..200).collect();
    let cases: &[(&str, u8, usize)] = &[
        ("read 0 64", BULK_IN, 64),
        ("read 0 64", BULK_IN, 10),
        ("read 0 64", BULK_IN, 0),
        ("read 0 200", BULK_IN, 128),
        ("read 0 4096", BULK_IN, 200),
        // More than was asked for.
        ("read 0 10", BULK_IN, 20),
        ("report 0 8", INTERRUPT_IN, 8),
        ("report 0 8", INTERRUPT_IN, 3),
        ("report 0 4", INTERRUPT_IN, 8),
    ];
    let seen = both(|side| {
        let module = (side.load)(&[]).unwrap();
        let gadget = plugged(side.node);
        let mut seen: Vec<_> = cases
            .iter()
            .map(|(command, endpoint, size)| {
                while_sent(&gadget, side.node, command, (*endpoint, &bytes[..*size]))
            })
            .collect();
        for size in [0, 1, 63, 64, 65, 128, 200] {
            seen.push(thread::scope(|scope| {
                let received = scope.spawn(|| gadget.receive(BULK_OUT, 256));
                let answer = ask(side.node, &format!("write 0 {size}"));
                // A transfer of whole packets does not end what the device waits for.
                if size % 64 == 0 && size > 0 {
                    ask(side.node, "write 0 0").unwrap();
                }
                let received = received.join().unwrap();
                (
                    answer,
                    received.is_ok_and(|bytes| bytes == vec![0x77; size]),
                )
            }));
        }
        drop(gadget);
        drop(module);
        seen
    });
    assert_eq!(seen[0][1].0, Ok("00010203040506070809".to_owned()));
    assert_eq!(seen[0][5].0, Err(EOVERFLOW));
    assert_eq!(seen[0].last().unwrap(), &(Ok("000000c8".to_owned()), true));
    let [ours, theirs] = seen;
    for (at, (ours, theirs)) in ours.into_iter().zip(theirs).enumerate() {
        parity.case(format!("transfer {at}"), [ours, theirs]);
    }
    parity.end();
}

#[test]
fn what_stalls_or_never_ends_is_told_as_in_c() {
    let seen = both(|side| {
        let module = (side.load)(&[]).unwrap();
        let gadget = plugged(side.node);
        let mut seen = vec![
            ask(side.node, "read 0 64 50"),
            ask(side.node, "report 0 8 50"),
            ask(side.node, "write 0 64 50"),
        ];
        gadget.stall(BULK_IN).unwrap();
        seen.push(ask(side.node, "read 0 64"));
        seen.push(ask(side.node, "read 0 64"));
        seen.push(ask(side.node, "clear"));
        seen.push(while_sent(&gadget, side.node, "read 0 64", (BULK_IN, b"x")).0);
        gadget.stall(BULK_OUT).unwrap();
        seen.push(ask(side.node, "write 0 64"));
        seen.push(ask(side.node, "clear_out"));
        seen.push(ask(side.node, "in 0x30 4 50"));
        // What is asked next is refused, and a little later it is heard again.
        until(|| ask(side.node, "in 0x10 4").is_ok());
        seen.push(ask(side.node, "in 0x10 4"));
        drop(gadget);
        drop(module);
        seen
    });
    assert_eq!(seen[0], seen[1]);
    let late = Err(ETIMEDOUT);
    assert_eq!(seen[0][..3], [late.clone(), late.clone(), late.clone()]);
    assert_eq!(seen[0][3..5], [Err(EPIPE), Err(EPIPE)]);
    assert_eq!(seen[0][6], Ok("78".to_owned()));
    assert_eq!(seen[0][7], Err(EPIPE));
    assert_eq!(seen[0][9], late);
    assert_eq!(seen[0][10], Ok("a5010203".to_owned()));
}

#[test]
fn a_failing_probe_says_why_as_in_c() {
    let seen = both(|side| {
        let module = (side.load)(&["fail=1"]).unwrap();
        let mut log = Kmsg::mark().unwrap();
        let gadget = UsbGadget::plug(function(0x1209, 1), answers).unwrap();
        let name = gadget.name(0);
        // The kernel's own attempt is over.
        log.until(|line| line.contains("failed with error -5"));
        let failed = bind(side.name, "bind", &name);
        set_param_of(side.name, "fail", "2").unwrap();
        let lacks = bind(side.name, "bind", &name);
        set_param_of(side.name, "fail", "0").unwrap();
        let later = bind(side.name, "bind", &name);
        let twice = bind(side.name, "bind", &name).is_err();
        until_open(side.node);
        let answer = ask(side.node, "in 0x10 1");
        drop(gadget);
        drop(module);
        (failed, lacks, later, twice, answer)
    });
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].0.is_err() && seen[0].1.is_err() && seen[0].2.is_ok());
}
