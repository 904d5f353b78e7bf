// SPDX-License-Identifier: GPL-2.0-only
//! A device has its lines as in C, is bound when their chip is there, and goes before the chip does.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{
    Kmsg, Loaded, Parity, errno, load, load_named, load_twin, param_of, rounds, until,
};

const ENOENT: i32 = 2;
const EAGAIN: i32 = 11;
const EACCES: i32 = 13;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

/// The C module with the chips.
const CHIP: &str = "vm_gpio_lines_chip";

fn chip() -> Loaded {
    load_named(CHIP, &[]).unwrap()
}

/// The chips, or some driver's device.
fn driver(name: &str, what: &str) -> Result<(), i32> {
    let path = Path::new("/sys/bus/platform/drivers").join(name);
    errno(fs::write(path.join(what), name))
}

fn is_bound(device: &str) -> bool {
    Path::new("/sys/devices/platform")
        .join(device)
        .join("driver")
        .exists()
}

/// Another device does not take the board's lines when they come.
fn alone() {
    let other = "vm_lines_again";
    let device = Path::new("/sys/devices/platform").join(other);
    fs::write(device.join("driver_override"), "none").unwrap();
    if is_bound(other) {
        assert_eq!(driver(other, "unbind"), Ok(()));
    }
}

/// What a board says of its lines.
fn lines(board: &str) -> Result<String, i32> {
    errno(fs::read_to_string(format!(
        "/sys/devices/platform/{board}/lines"
    )))
}

fn set(board: &str, what: &str) -> Result<(), i32> {
    errno(fs::write(
        format!("/sys/devices/platform/{board}/lines"),
        what,
    ))
}

/// Which lines of the chips are held, high, outputs.
fn state() -> String {
    param_of(CHIP, "state").unwrap()
}

/// What is at the other end of a line.
fn level(line: u32, high: u32) {
    let path = format!("/sys/module/{CHIP}/parameters/level");
    fs::write(path, format!("{line} {high}")).unwrap();
}

/// How often a board's interrupts were handled, by handlers and threads; what the line was.
fn interrupts(board: &str) -> String {
    let path = format!("/sys/devices/platform/{board}/interrupts");
    fs::read_to_string(path).unwrap().trim().to_owned()
}

/// How a module is loaded.
type Load = fn(&[&str]) -> std::io::Result<Loaded>;

/// The boards, and what has them.
const BOARDS: [(Load, &str); 2] = [(load, "vm_gpio_lines"), (load_twin, "vm_gpio_lines_c")];

/// What came of a step: what was done, what the board says of its lines, and what the chips do.
type Step = (Result<(), i32>, Result<String, i32>, String);

/// All that a board does, and what the chips see of it.
fn used(board: &str) -> Vec<Step> {
    let mut did = vec![(Ok(()), lines(board), state())];
    for line in 0..11 {
        if [2, 3, 7].contains(&line) {
            continue;
        }
        for value in [1, 1, 0, 1] {
            let done = set(board, &format!("{line} {value}"));
            did.push((done, lines(board), state()));
        }
    }
    for (line, high) in [(2, 1), (3, 1), (2, 0), (3, 0)] {
        level(line, high);
        did.push((Ok(()), lines(board), state()));
    }
    did
}

#[test]
fn lines_are_as_in_c() {
    let mut seen = Vec::new();
    for (load, board) in BOARDS {
        let chip = chip();
        let module = load(&[]).unwrap();
        let mut did = used(board);
        assert_eq!(driver(board, "unbind"), Ok(()));
        did.push((Ok(()), Ok(String::new()), state()));
        assert_eq!(driver(board, "bind"), Ok(()));
        did.push((Ok(()), lines(board), state()));
        drop(module);
        did.push((Ok(()), Ok(String::new()), state()));
        drop(chip);
        seen.push(did);
    }
    let mut parity = Parity::default();
    assert_eq!(seen[0].len(), seen[1].len());
    assert_eq!(seen[0][0].1.as_deref(), Ok("0 1 0 1 0 0 1 -5 0 0 \n"));
    for (step, (ours, theirs)) in seen[0].iter().zip(&seen[1]).enumerate() {
        parity.case(step.to_string(), [ours, theirs]);
    }
    parity.end();
}

#[test]
fn edges_are_handled_as_in_c() {
    for (load, board) in BOARDS {
        let chip = chip();
        let module = load(&[]).unwrap();
        for (line, high, seen) in [
            (2, 1, "1 1 1 0"),
            (2, 0, "2 2 0 0"),
            (3, 1, "2 2 0 0"),
            (3, 0, "2 2 0 1"),
            (3, 1, "2 2 0 1"),
            (2, 1, "3 3 1 1"),
            (2, 1, "3 3 1 1"),
            (3, 0, "3 3 1 2"),
        ] {
            level(line, high);
            // A thread comes later.
            until(|| interrupts(board) == seen);
        }
        assert_eq!(driver(board, "unbind"), Ok(()));
        for high in [0, 1, 0] {
            level(2, high);
        }
        assert_eq!(driver(board, "bind"), Ok(()));
        assert_eq!(interrupts(board), "0 0 0 0");
        level(2, 1);
        until(|| interrupts(board) == "1 1 1 0");
        drop(module);
        drop(chip);
    }
}

#[test]
fn a_line_is_set_where_nothing_may_sleep() {
    let chip = chip();
    let module = load(&[]).unwrap();
    for high in ['1', '0'] {
        set("vm_gpio_lines", "tick").unwrap();
        until(|| lines("vm_gpio_lines").unwrap().starts_with(high));
    }
    drop(module);
    drop(chip);
}

#[test]
fn a_device_waits_for_the_chip_and_goes_before_it() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    assert!(!is_bound("vm_gpio_lines"));
    alone();
    let chip = chip();
    until(|| lines("vm_gpio_lines").is_ok());
    for _ in 0..rounds(2) {
        let bound = lines("vm_gpio_lines");
        assert_eq!(bound.as_deref(), Ok("0 1 0 1 0 0 1 -5 0 0 \n"));
        assert_eq!(driver("vm_lines_chip", "unbind"), Ok(()));
        assert!(!is_bound("vm_gpio_lines"));
        // It can be bound only with its lines, and is when they come.
        assert!(driver("vm_gpio_lines", "bind").is_err());
        assert!(!is_bound("vm_gpio_lines"));
        assert_eq!(driver("vm_lines_chip", "bind"), Ok(()));
        until(|| lines("vm_gpio_lines").is_ok());
    }
    // Somebody has lines of it.
    let (chip, error) = chip.unload().unwrap_err();
    assert_eq!(errno::<()>(Err(error)), Err(EAGAIN));
    assert_eq!(driver("vm_lines_chip", "unbind"), Ok(()));
    drop(chip);
    // Another chip, which does not know who had lines of the first.
    let chip = self::chip();
    assert!(!is_bound("vm_gpio_lines"));
    assert_eq!(driver("vm_gpio_lines", "bind"), Ok(()));
    drop(module);
    drop(chip);
    let said = log.lines().unwrap();
    let bad = ["STILL REQUESTED", "cannot have its line plain"];
    let bad = said
        .iter()
        .find(|line| bad.iter().any(|bad| line.contains(bad)));
    assert_eq!(bad, None, "what is not there yet is waited for");
}

#[test]
fn lines_that_cannot_be_had_are_told() {
    let mut log = Kmsg::mark().unwrap();
    let chip = chip();
    let module = load(&[]).unwrap();
    assert!(is_bound("vm_gpio_lines"));
    // Old kernels tell who binds only that no driver took it.
    for (device, error) in [
        ("vm_lines_again", EBUSY),
        ("vm_lines_none", ENOENT),
        ("vm_lines_atomic", EINVAL),
    ] {
        assert!(!is_bound(device), "{device}");
        let bound = driver(device, "bind");
        let told = [Err(error), Err(ENODEV)].contains(&bound);
        assert!(told, "{device}: {bound:?}");
    }
    // What was had before that was given back.
    assert!(state().contains("; 0x2 "), "{}", state());
    assert_eq!(driver("vm_gpio_lines", "unbind"), Ok(()));
    assert_eq!(driver("vm_lines_again", "bind"), Ok(()));
    assert!(state().contains("; 0x3 "), "{}", state());
    drop(module);
    assert!(
        state().starts_with("0x0 ") && state().contains("; 0x0 "),
        "{}",
        state()
    );
    drop(chip);
    let said = log.lines().unwrap();
    for text in [
        "vm_lines_again: error -EBUSY: cannot have its line both, number 1",
        "vm_lines_none: error -ENOENT: cannot have its line nowhere, number 0",
        "vm_lines_atomic: its line slow is of a chip that sleeps, and is used where nothing may",
    ] {
        assert!(
            said.iter().any(|line| line.contains(text)),
            "{text}: {said:?}"
        );
    }
}

/// A chip that needs the device is not what the device can need.
#[test]
fn a_chip_below_its_user_is_refused() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let chip = load_named(CHIP, &["below=vm_gpio_lines"]).unwrap();
    // It is tried by itself, since the chip has come.
    log.until(|line| line.contains("its line plain is of its own chip, or of one that needs it"));
    assert!(driver("vm_gpio_lines", "bind").is_err());
    assert!(!is_bound("vm_gpio_lines"));
    assert!(state().starts_with("0x0 "), "{}", state());
    until(|| is_bound("vm_lines_again"));
    assert_eq!(driver("vm_lines_again", "unbind"), Ok(()));
    drop(chip);
    drop(module);
}

#[test]
fn chips_go_while_their_lines_are_used() {
    let chip = chip();
    let module = load(&[]).unwrap();
    alone();
    let mut log = Kmsg::mark().unwrap();
    for _ in 0..rounds(3) {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            let stop = &stop;
            for line in ["0", "8", "tick", "4"] {
                scope.spawn(move || {
                    let mut value = 0;
                    while !stop.load(Ordering::Relaxed) {
                        value ^= 1;
                        let what = if line == "tick" {
                            line.to_owned()
                        } else {
                            format!("{line} {value}")
                        };
                        let did = [
                            set("vm_gpio_lines", &what),
                            lines("vm_gpio_lines").map(|_| ()),
                        ];
                        for error in did.into_iter().filter_map(Result::err) {
                            // A file that is not there would have to be made.
                            assert!([ENODEV, ENOENT, EACCES].contains(&error), "{error}");
                        }
                    }
                });
            }
            scope.spawn(move || {
                let path = format!("/sys/module/{CHIP}/parameters/level");
                let mut high = 0;
                while !stop.load(Ordering::Relaxed) {
                    high ^= 1;
                    // There may be no chip.
                    for line in [2, 3] {
                        let _ = fs::write(&path, format!("{line} {high}"));
                    }
                }
            });
            // One that binds it by chance meanwhile, with a chip or without.
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = driver("vm_gpio_lines", "bind");
                }
            });
            for _ in 0..2 {
                assert_eq!(driver("vm_lines_chip", "unbind"), Ok(()));
                assert!(!is_bound("vm_gpio_lines"));
                assert_eq!(driver("vm_lines_chip", "bind"), Ok(()));
                until(|| lines("vm_gpio_lines").is_ok());
            }
            stop.store(true, Ordering::Relaxed);
        });
    }
    drop(module);
    assert!(state().starts_with("0x0 "), "{}", state());
    drop(chip);
    let said = log.lines().unwrap();
    let bad = said.iter().find(|line| line.contains("STILL REQUESTED"));
    assert_eq!(bad, None);
}
