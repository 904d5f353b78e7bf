// SPDX-License-Identifier: GPL-2.0-only
//! What firmware says is evaluated as from C, and not believed; its notifications end with their device.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;

use kmod_test::{Kmsg, Loaded, Parity, errno, load, load_named, load_twin, modinfo, rounds, until};

const ENOENT: i32 = 2;
const EIO: i32 = 5;
const ENODEV: i32 = 19;
const EPROTO: i32 = 71;

const NODE: &str = "/dev/vm_firmware_acpi0";

/// The driver, and its twin.
const DRIVERS: [&str; 2] = ["vm_firmware_acpi", "vm_firmware_c_acpi"];

/// Firmware's devices.
const FIRST: &str = "KMOD0001:00";
const SECOND: &str = "KMOD0002:00";

fn open(path: &str) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap()
}

fn ask(path: &str, command: &str) -> Result<String, i32> {
    let mut file = open(path);
    errno(file.write_all(command.as_bytes()))?;
    read(&file)
}

/// What one read of a device gives.
fn read(file: &File) -> Result<String, i32> {
    let mut text = [0; 2048];
    let read = errno(file.read_at(&mut text, 0))?;
    Ok(String::from_utf8(text[..read].to_vec()).unwrap())
}

fn bind(driver: &str, what: &str, device: &str) -> Result<(), i32> {
    let driver = Path::new("/sys/bus/platform/drivers").join(driver);
    errno(fs::write(driver.join(what), device))
}

/// The driver that a device is bound to, if there is such a device.
fn driver_of(device: &str) -> Option<String> {
    let device = Path::new("/sys/bus/platform/devices").join(device);
    let driver = fs::read_link(device.join("driver")).ok()?;
    Some(driver.file_name()?.to_str()?.to_owned())
}

/// How many devices have gone, and the errno that the last one's `Drop` had.
fn last() -> (u32, i32) {
    let text = fs::read_to_string("/dev/vm_firmware_last").unwrap();
    let (gone, error) = text.trim().split_once(' ').unwrap();
    (gone.parse().unwrap(), error.parse().unwrap())
}

/// The aliases in a module's file, of a kind of table.
fn aliases(module: &str, of: &str) -> BTreeSet<String> {
    modinfo(module, &format!("alias={of}")).unwrap()
}

#[test]
fn aliases_are_those_of_c() {
    let ours = aliases("vm_firmware", "acpi");
    assert_eq!(ours, aliases("vm_firmware_c", "acpi"));
    assert!(ours.contains("alias=acpi*:KMOD0002:*"), "{ours:?}");
}

#[test]
fn the_machine_is_what_it_is_to_c() {
    let ours = aliases("vm_firmware", "dmi");
    assert_eq!(ours, aliases("vm_firmware_machine_c", "dmi"));
    assert_eq!(ours.len(), 7);
    let _module = load(&[]).unwrap();
    let _twin = load_named("vm_firmware_machine_c", &[]).unwrap();
    let told = read(&File::open("/dev/vm_firmware_machine").unwrap()).unwrap();
    assert_eq!(
        told,
        read(&File::open("/dev/vm_firmware_c_machine").unwrap()).unwrap()
    );
    for line in [
        "+Acme",
        "+Nimbus 3 Pro",
        "+02/29/2024",
        "-",
        "0 by parts true false",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}: {told}");
    }
}

#[test]
fn objects_are_evaluated_as_from_c() {
    let commands = [
        "=NUMB",
        "=TEXT",
        "=BYTS",
        "=NONE",
        "=PACK",
        "=DEEP",
        "=ADDS i0xffffffffffffffff 2",
        "=ADDS i7 2",
        "=ECHO sabc",
        "=ECHO s",
        "=ECHO bxyz",
        "=ECHO b",
        "=LAST i3 7",
        "=SIZE sfour",
        "!KEEP i0x77",
        "=KEPT",
        "!KEEP bbytes",
        "=KEPT",
        "=BADS",
        "=KEEP i1",
        "=NOTH",
        "=MISS",
        "!MISS",
        "=\\_SB.KMD1.NUMB",
        "=DIVZ i0",
        "=GONE",
        "?ADDS",
        "?NUMB",
        "?MISS",
        "~FIRE i0x80",
        "~FIRE i0x01",
        "~FIRE i0xffff",
        "nothing",
    ];
    let mut answers = Vec::new();
    for (load, path) in [
        (load as fn(&[&str]) -> _, NODE),
        (load_twin, "/dev/vm_firmware_c_acpi0"),
    ] {
        let module = load(&[]).unwrap();
        answers.push(commands.map(|command| ask(path, command)));
        drop(module);
    }
    let mut parity = Parity::default();
    for (step, command) in commands.iter().enumerate() {
        let both = [answers[0][step].clone(), answers[1][step].clone()];
        parity.case((*command).to_owned(), both);
    }
    parity.end();
    let answer = |command| {
        let step = commands.iter().position(|one| *one == command).unwrap();
        answers[0][step].clone()
    };
    assert_eq!(answer("=NUMB"), Ok("12345678 ".to_owned()));
    let deep = "[ [ [ [ [ [ ... ] ] ] ] ] ] ";
    assert_eq!(answer("=DEEP"), Ok(deep.to_owned()));
    // The kernel has such a method return the last value, or 0.
    assert_eq!(answer("=NOTH"), Ok("0 ".to_owned()));
    assert_eq!(answer("=MISS"), Err(ENOENT));
    assert_eq!(answer("=DIVZ i0"), Err(EIO));
    assert_eq!(answer("~FIRE i0x80"), Ok("80".to_owned()));
}

#[test]
fn what_is_not_as_it_should_be_is_an_error() {
    let _module = load(&[]).unwrap();
    let answers = ask(NODE, "*typed").unwrap();
    let numbers = "[Ok(305419896), Err(EPROTO), Err(EPROTO), Err(ENOENT)] ";
    let rest = "Ok([1, 2, 3, 4]) Err(EPROTO) Ok(5) 5 Ok(\"two\") Err(EPROTO) Err(EINVAL)";
    assert_eq!(answers, format!("{numbers}{rest}"));
    // What is no object that has a value, and a name that leads nowhere.
    assert_eq!(ask(NODE, "=\\"), Err(EPROTO));
    assert_eq!(ask(NODE, "=AA.BB.CC"), Err(ENOENT));
}

#[test]
fn ids_decide_which_devices_are_bound_as_in_c() {
    let seen = |load: fn(&[&str]) -> std::io::Result<Loaded>, name: &str| {
        let module = load(&[]).unwrap();
        let bound = [FIRST, SECOND, "KMOD0002:01", "KMOD0003:00"]
            .map(|device| driver_of(device).map(|driver| driver == name));
        let steps = (
            bind(name, "bind", "KMOD0003:00").is_err(),
            bind(name, "unbind", SECOND),
            bind(name, "unbind", SECOND),
            bind(name, "bind", SECOND),
            bind(name, "bind", SECOND).is_err(),
        );
        drop(module);
        (bound, steps)
    };
    let mut log = Kmsg::mark().unwrap();
    let ours = seen(load, DRIVERS[0]);
    let lines = log.lines().unwrap();
    assert_eq!(ours, seen(load_twin, DRIVERS[1]));
    assert_eq!(ours.0[..2], [Some(true), Some(true)]);
    // A device with two of the ids has the data of the first that it names itself.
    for text in [
        "KMOD0001:00 is first: Ok(12345678)",
        "KMOD0002:00 is second: Err(EPROTO)",
    ] {
        assert!(lines.iter().any(|line| line.contains(text)), "{lines:?}");
    }
}

#[test]
fn a_device_that_was_given_by_hand_has_an_id_or_is_refused() {
    let _module = load(&[]).unwrap();
    let device = Path::new("/sys/bus/platform/devices/vm_firmware_none");
    // Firmware does not tell of it: there is nothing to be notified by.
    assert!(device.exists() && driver_of("vm_firmware_none").is_none());
    assert_eq!(
        bind("vm_firmware_none", "bind", "vm_firmware_none"),
        Err(ENODEV)
    );
    fs::write(device.join("driver_override"), DRIVERS[0]).unwrap();
    assert_eq!(bind(DRIVERS[0], "bind", "vm_firmware_none"), Err(ENODEV));
    let other = Path::new("/sys/bus/platform/devices/KMOD0003:00");
    fs::write(other.join("driver_override"), DRIVERS[0]).unwrap();
    assert_eq!(bind(DRIVERS[0], "bind", "KMOD0003:00"), Err(ENODEV));
    fs::write(other.join("driver_override"), "\n").unwrap();
}

#[test]
fn firmware_is_there_until_the_last_handler_and_then_answers_enodev() {
    let module = load(&[]).unwrap();
    let file = open(NODE);
    bind(DRIVERS[0], "unbind", FIRST).unwrap();
    assert_eq!(errno((&file).write_all(b"=NUMB")), Err(ENODEV));
    let before = last().0;
    drop(file);
    until(|| last() == (before + 1, ENODEV));
    drop(module);
}

#[test]
fn a_device_goes_while_firmware_notifies() {
    let module = load(&[]).unwrap();
    let turns = rounds(10);
    for turn in 0..turns {
        let file = open(NODE);
        let busy = file.try_clone().unwrap();
        // Each second time its handler sleeps until the device goes.
        let command: &[u8] = if turn % 2 == 0 {
            b"!FIRE i0x80"
        } else {
            b"!FIRE i0xdd"
        };
        let busy = thread::spawn(move || {
            loop {
                if let Err(error) = errno((&busy).write_all(command)) {
                    break error;
                }
            }
        });
        until(|| ask(NODE, "#").is_ok_and(|events| events != "0"));
        bind(DRIVERS[0], "unbind", FIRST).unwrap();
        assert_eq!(busy.join().unwrap(), ENODEV, "turn {turn}");
        drop(file);
        bind(DRIVERS[0], "bind", FIRST).unwrap();
    }
    until(|| last().0 == turns);
    drop(module);
}

#[test]
fn a_module_goes_while_firmware_notifies() {
    for _ in 0..rounds(5) {
        let module = load(&[]).unwrap();
        for _ in 0..10 {
            ask(NODE, "!FIRE i0x81").unwrap();
        }
        ask(NODE, "!FIRE i0xdd").unwrap();
        drop(module);
    }
}
