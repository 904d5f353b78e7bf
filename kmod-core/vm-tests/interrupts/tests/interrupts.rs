// SPDX-License-Identifier: GPL-2.0-only
//! Many interrupts of one card, as in C; cards that share a line; platform devices' interrupts; an interrupt
//! that never stops, and ones that are not there.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, Loaded, Parity, errno, load, load_named, load_twin, rounds, until};
use support::{ENODEV, ENOSPC, bind, bind_instead, devices, named, read};

const ENXIO: i32 = 6;
const EBUSY: i32 = 16;

/// The C module with a platform device.
const LINES: &str = "vm_interrupts_lines";

/// The platform device.
const DEVICE: &str = "/sys/devices/platform/vm_irq_lines";

fn rocker() -> PathBuf {
    devices("0x0006").remove(0)
}

fn cards() -> [PathBuf; 2] {
    devices("0x11e8").try_into().unwrap()
}

fn write(device: &Path, file: &str, text: &str) -> Result<(), i32> {
    errno(fs::write(device.join(file), text))
}

/// Whether a device gets at memory by itself, and has its interrupts as MSI-X.
fn state(device: &Path) -> [bool; 2] {
    let config = fs::read(device.join("config")).unwrap();
    let mut at = usize::from(config[0x34]);
    while config[at] != 0x11 {
        at = usize::from(config[at + 1]);
    }
    [config[4] & 4 != 0, config[at + 3] & 0x80 != 0]
}

#[test]
fn a_card_has_many_interrupts_as_in_c() {
    let raised = ["1", "15", "8", "4", "0", "2", "15", "x", "4"];
    let seen = |load: fn(&[&str]) -> std::io::Result<Loaded>, driver: &str| {
        let module = load(&[]).unwrap();
        let rocker = rocker();
        assert_eq!(state(&rocker), [true; 2]);
        let names = named(driver);
        let names: Vec<_> = names.iter().map(|name| name.replace("_c_", "_")).collect();
        let counts =
            raised.map(|causes| (write(&rocker, "raise", causes), read(&rocker, "counts")));
        // Again, as new.
        bind(driver, "unbind", &rocker).unwrap();
        assert_eq!(state(&rocker), [false; 2]);
        assert!(named(driver).is_empty());
        bind(driver, "bind", &rocker).unwrap();
        let again = (write(&rocker, "raise", "9"), read(&rocker, "counts"));
        drop(module);
        assert!(named(driver).is_empty());
        assert_eq!(state(&rocker), [false; 2]);
        (names, counts, again)
    };
    let ours = seen(load, "vm_irq_rocker");
    let theirs = seen(load_twin, "vm_irq_c_rocker");
    let mut parity = Parity::default();
    parity.case("names".to_owned(), [ours.0.clone(), theirs.0]);
    for (step, causes) in raised.iter().enumerate() {
        parity.case((*causes).to_owned(), [&ours.1[step], &theirs.1[step]]);
    }
    parity.case("again".to_owned(), [&ours.2, &theirs.2]);
    parity.end();
    let names = ["command", "event", "other", "test"].map(|name| format!("vm_irq_rocker-{name}"));
    assert_eq!(ours.0, names);
    assert_eq!(ours.1[8].1, "3 3 4 3");
}

#[test]
fn not_all_interrupts_have_to_be_taken() {
    let module = load(&[]).unwrap();
    let rocker = rocker();
    bind("vm_irq_rocker", "unbind", &rocker).unwrap();
    bind_instead("vm_irq_some", &rocker).unwrap();
    assert_eq!(state(&rocker), [true; 2]);
    assert_eq!(named("vm_irq_"), {
        let cards = ["high", "high", "low", "low"].map(|half| format!("vm_irq_card-{half}"));
        let some = ["last", "second"].map(|field| format!("vm_irq_some-{field}"));
        [cards.as_slice(), &some].concat()
    });
    drop(module);
    assert_eq!(state(&rocker), [false; 2]);
}

#[test]
fn what_is_not_there_is_refused_and_nothing_stays() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let rocker = rocker();
    bind("vm_irq_rocker", "unbind", &rocker).unwrap();
    // Old kernels tell who binds only that no driver took it.
    let many = bind_instead("vm_irq_many", &rocker);
    assert!(matches!(many, Err(ENOSPC | ENODEV)), "{many:?}");
    assert_eq!(state(&rocker), [false; 2]);
    // They share a line, and the kernel does not let them.
    let [card, _] = cards();
    bind("vm_irq_card", "unbind", &card).unwrap();
    let unlike = bind_instead("vm_irq_unlike", &card);
    assert!(matches!(unlike, Err(EBUSY | ENODEV)), "{unlike:?}");
    bind("vm_irq_rocker", "bind", &rocker).unwrap();
    bind("vm_irq_card", "bind", &card).unwrap();
    assert_eq!(write(&rocker, "raise", "15"), Ok(()));
    drop(module);
    let lines = log.lines().unwrap();
    let text = "6 interrupts of the kinds that its driver takes are not there";
    assert!(lines.iter().any(|line| line.contains(text)), "{lines:?}");
}

#[test]
fn cards_and_their_handlers_share_a_line() {
    let module = load(&[]).unwrap();
    let [first, second] = cards();
    let line = read(&first, "line");
    let (low, high) = line.split_once(' ').unwrap();
    assert!(low.starts_with("Some(") && low == high, "{line}");
    assert_eq!(read(&second, "line"), line);
    for (device, raised, counts) in [
        (&first, "0x1", "1 0"),
        (&first, "0x10000", "1 1"),
        (&second, "0x20000", "0 1"),
        (&first, "0x30000", "1 2"),
        (&second, "0x1", "1 1"),
    ] {
        write(device, "raise", raised).unwrap();
        assert_eq!(read(device, "counts"), counts, "{raised}");
    }
    // All are asked, also those of the other card.
    for card in [&first, &second] {
        assert_eq!(read(card, "others"), "1 1");
    }
    // One goes, and the other one is still heard.
    bind("vm_irq_card", "unbind", &first).unwrap();
    write(&second, "raise", "0x10000").unwrap();
    assert_eq!(read(&second, "counts"), "1 2");
    drop(module);
}

#[test]
fn an_interrupt_that_never_stops_does_not_keep_its_device() {
    let module = load(&[]).unwrap();
    let [card, other] = cards();
    for card in [&card, &other] {
        bind("vm_irq_card", "unbind", card).unwrap();
    }
    bind_instead("vm_irq_deaf", &card).unwrap();
    write(&card, "start", "1").unwrap();
    let count = || read(&card, "count").parse::<u32>().unwrap();
    until(|| count() > 5000);
    bind("vm_irq_deaf", "unbind", &card).unwrap();
    bind("vm_irq_card", "bind", &card).unwrap();
    write(&card, "raise", "0x1").unwrap();
    assert_eq!(read(&card, "counts"), "1 0");
    // And once more, until the module goes.
    bind("vm_irq_card", "unbind", &card).unwrap();
    bind_instead("vm_irq_deaf", &card).unwrap();
    write(&card, "start", "1").unwrap();
    until(|| count() > 5000);
    drop(module);
}

#[test]
fn a_platform_devices_interrupts_run_their_handlers() {
    let module = load(&[]).unwrap();
    let lines = load_named(LINES, &[]).unwrap();
    let device = Path::new(DEVICE);
    let raise = |line: &str| {
        let parameter = format!("/sys/module/{LINES}/parameters/raise");
        errno(fs::write(parameter, line))
    };
    assert_eq!(
        named("vm_irq_lines"),
        ["vm_irq_lines-first", "vm_irq_lines-second"]
    );
    for line in ["0", "1", "1"] {
        assert_eq!(raise(line), Ok(()));
    }
    until(|| read(device, "counts") == "1 2" && read(device, "threads") == "1");
    let driver = Path::new("/sys/bus/platform/drivers/vm_irq_lines");
    fs::write(driver.join("unbind"), "vm_irq_lines").unwrap();
    assert!(named("vm_irq_lines").is_empty());
    fs::write(driver.join("bind"), "vm_irq_lines").unwrap();
    assert_eq!(read(device, "counts"), "0 0");
    assert_eq!(raise("1"), Ok(()));
    until(|| read(device, "counts") == "0 1");
    drop(lines);
    // One of the two is not there.
    let mut log = Kmsg::mark().unwrap();
    let lines = load_named(LINES, &["lines=1"]).unwrap();
    assert!(!device.join("driver").exists());
    let bound = errno(fs::write(driver.join("bind"), "vm_irq_lines"));
    assert!(matches!(bound, Err(ENXIO | ENODEV)), "{bound:?}");
    assert!(named("vm_irq_lines").is_empty());
    drop(lines);
    drop(module);
    let said = log.lines().unwrap();
    let text = "IRQ index 1 not found";
    assert!(said.iter().any(|line| line.contains(text)), "{said:?}");
}

#[test]
fn devices_go_while_their_interrupts_come() {
    let module = load(&[]).unwrap();
    let lines = load_named(LINES, &[]).unwrap();
    let stop = AtomicBool::new(false);
    let rocker = rocker();
    let [card, other] = cards();
    thread::scope(|scope| {
        let raise = |device: PathBuf, file: &'static str, text: &'static str| {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::write(device.join(file), text);
                }
            });
        };
        raise(rocker.clone(), "raise", "15");
        raise(card.clone(), "raise", "0x10001");
        raise(other.clone(), "raise", "1");
        raise(
            format!("/sys/module/{LINES}/parameters").into(),
            "raise",
            "0",
        );
        for _ in 0..rounds(20) {
            for (driver, device) in [("vm_irq_rocker", &rocker), ("vm_irq_card", &card)] {
                bind(driver, "unbind", device).unwrap();
                bind(driver, "bind", device).unwrap();
            }
            let driver = Path::new("/sys/bus/platform/drivers/vm_irq_lines");
            fs::write(driver.join("unbind"), "vm_irq_lines").unwrap();
            fs::write(driver.join("bind"), "vm_irq_lines").unwrap();
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(write(&rocker, "raise", "15"), Ok(()));
    drop(lines);
    drop(module);
}
