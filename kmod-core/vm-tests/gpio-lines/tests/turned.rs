// SPDX-License-Identifier: GPL-2.0-only
//! Lines that firmware tells of are turned round, configured and set several at a time as in C. Without ACPI there is no
//! such firmware.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Loaded, Parity, errno, load, load_named, param_of, rounds, until};

const ENOENT: i32 = 2;
const EIO: i32 = 5;
const EPERM: i32 = 1;
const EACCES: i32 = 13;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const ENOTSUPP: i32 = 524;

/// The C modules with the chip, and with the boards.
const CHIP: &str = "vm_gpio_lines_turns";
const TWIN: &str = "vm_gpio_lines_turned";

const DEVICES: &str = "/sys/bus/platform/devices";
const BOARD: &str = "KMOD0C02:00";
const NAMELESS: &str = "KMOD0C03:00";

fn has_acpi() -> bool {
    Path::new("/sys/firmware/acpi").exists()
}

/// How a module is loaded.
type Load = fn() -> Loaded;

/// The boards' drivers.
const BOTH: [Load; 2] = [|| load(&[]).unwrap(), || load_named(TWIN, &[]).unwrap()];

fn turn(what: &str) -> Result<(), i32> {
    let path = Path::new(DEVICES).join(BOARD).join("turn");
    errno(
        fs::OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, what.as_bytes())),
    )
}

fn shown() -> Result<String, i32> {
    errno(fs::read_to_string(
        Path::new(DEVICES).join(BOARD).join("turn"),
    ))
}

fn is_bound(device: &str) -> bool {
    Path::new(DEVICES).join(device).join("driver").exists()
}

/// What the chip was asked since the last time.
fn said() -> String {
    param_of(CHIP, "said").unwrap().trim().to_owned()
}

fn chip(what: &str, value: &str) {
    fs::write(format!("/sys/module/{CHIP}/parameters/{what}"), value).unwrap();
}

/// The driver of the chip, or another one.
fn driver(name: &str, what: &str, device: &str) -> Result<(), i32> {
    let path = Path::new("/sys/bus/platform/drivers").join(name);
    errno(fs::write(path.join(what), device))
}

/// What came of a command: its errno, what it shows, what the chip was asked.
type Did = (Result<(), i32>, Result<String, i32>, String);

/// All that is done to a board, next to C, with a chip that is loaded so.
fn compared(chip_parameters: &[&str], commands: &[&str]) -> Vec<Did> {
    let [ours, theirs] = BOTH.map(|load| {
        let chip_module = load_named(CHIP, chip_parameters).unwrap();
        let module = load();
        until(|| shown().is_ok());
        let mut did = vec![(Ok(()), shown(), said())];
        did.extend(commands.iter().map(|command| {
            let done = match command.split_once('=') {
                Some((what, value)) => {
                    chip(what, value);
                    Ok(())
                }
                None => turn(command),
            };
            (done, shown(), said())
        }));
        drop(module);
        did.push((Ok(()), Ok(String::new()), said()));
        drop(chip_module);
        did
    });
    let mut parity = Parity::default();
    for (step, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        let command = step.checked_sub(1).and_then(|step| commands.get(step));
        parity.case(format!("{step}: {command:?}"), [ours, theirs]);
    }
    parity.end();
    ours
}

const TURNS: &[&str] = &[
    "gd",
    "levels=0x21",
    "gd",
    "gb",
    "od 1",
    "gd",
    "sd 0",
    "gd",
    "sd 1",
    "id",
    "gd",
    "od 0",
    "ob 1",
    "gb",
    "sb 0",
    "ib",
    "gb",
    "om 1",
    "sm 1",
    "gm",
    "im",
];

#[test]
fn lines_are_turned_round_as_in_c() {
    if !has_acpi() {
        return;
    }
    for parameters in [&[][..], &["can_sleep=1"]] {
        let did = compared(parameters, TURNS);
        let of = |command: &str| {
            let step = TURNS.iter().position(|one| *one == command).unwrap();
            did[step + 1].2.as_str()
        };
        assert!(of("od 1").ends_with("out 0 1;"), "{did:?}");
        // It is active when it is low.
        assert!(of("ob 1").ends_with("out 5 0;"), "{did:?}");
        assert!(of("sb 0").ends_with("set 5 1;"), "{did:?}");
        assert_eq!(of("om 1"), "", "one that is not there");
        // What firmware says of a line, too.
        assert!(did[0].2.contains("up 0 1; "), "{did:?}");
    }
}

#[test]
fn lines_that_cannot_be_turned_stay_as_they_were() {
    if !has_acpi() {
        return;
    }
    let did = compared(
        &[],
        &[
            "od 1", "fail=-5", "id", "gd", "cd 1", "fail=0", "sd 0", "gd",
        ],
    );
    assert_eq!(did[3].0, Err(EIO));
    assert_eq!(did[5].0, Err(EIO));
    assert_eq!((did[7].0, did[7].2.as_str()), (Ok(()), "set 0 0;"));
}

/// Old kernels tell the chip, which does what it likes.
#[test]
fn an_input_is_not_set() {
    if !has_acpi() {
        return;
    }
    let chip_module = load_named(CHIP, &[]).unwrap();
    let module = load(&[]).unwrap();
    until(|| shown().is_ok());
    said();
    assert_eq!(turn("sd 1"), Err(EPERM));
    assert_eq!(turn("od 1"), Ok(()));
    assert_eq!(turn("id"), Ok(()));
    said();
    assert_eq!(turn("sd 1"), Err(EPERM));
    assert_eq!(turn("sm 1"), Ok(()), "one that is not there");
    assert_eq!(said(), "");
    // Nor does a failure make an output of it.
    chip("fail", "-5");
    assert_eq!(turn("od 1"), Err(EIO));
    assert_eq!(turn("sd 1"), Err(EPERM));
    drop(module);
    drop(chip_module);
}

#[test]
fn lines_are_configured_as_in_c() {
    if !has_acpi() {
        return;
    }
    let commands = [
        "cd 0",
        "cd 1",
        "cb 2",
        "cd 3",
        "cd 4",
        "cd 5",
        "cd 6 0",
        "cb 6 1500",
        "cd 6 16777215",
        "cm 1",
        "fail=-22",
        "cd 1",
    ];
    let did = compared(&[], &commands);
    assert_eq!(did[2].2, "up 0 1;");
    assert_eq!(did[6].0, Err(ENOTSUPP));
    assert_eq!(did[8].2, "debounce 5 1500;");
    assert_eq!(did[12].0, Err(EINVAL));
    // C has it cut.
    for (load, done) in BOTH.into_iter().zip([Err(EINVAL), Ok(())]) {
        let chip_module = load_named(CHIP, &[]).unwrap();
        let module = load();
        until(|| shown().is_ok());
        said();
        assert_eq!(turn("cd 6 16777219"), done);
        let expected = if done.is_ok() { "debounce 0 3;" } else { "" };
        assert_eq!(said(), expected);
        drop(module);
        drop(chip_module);
    }
}

#[test]
fn several_lines_are_one_call_as_in_c() {
    if !has_acpi() {
        return;
    }
    let commands = [
        "A_ 0",
        "A_ 5",
        "G_",
        "A_ 15",
        "G_",
        "levels=0x12",
        "G_",
        "S_ 7",
        "fail=-5",
        "G_",
        "A_ 3",
        "fail=0",
        "A_ 10",
        "G_",
    ];
    for parameters in [&[][..], &["can_sleep=1"], &["one_by_one=1"]] {
        let did = compared(parameters, &commands);
        if parameters != ["one_by_one=1"] {
            assert_eq!(
                did[2].2, "set 0x1e 0x2;",
                "the third is active when it is low"
            );
            assert_eq!(did[3].2, "get 0x1e;");
        }
        assert_eq!(did[3].1.as_deref(), Ok("0 5\n"));
        assert_eq!(did[10].0, Err(EIO));
        assert_eq!(did[14].1.as_deref(), Ok("0 a\n"));
    }
}

#[test]
fn lines_without_a_name_are_had_as_in_c() {
    if !has_acpi() {
        return;
    }
    let [ours, theirs] = BOTH.map(|load| {
        let chip_module = load_named(CHIP, &[]).unwrap();
        let module = load();
        until(|| is_bound(NAMELESS));
        let said = said();
        drop(module);
        drop(chip_module);
        said
    });
    assert_eq!(ours, theirs);
    assert!(
        ours.contains("out 7 1; ") && ours.contains("out 8 1;"),
        "{ours}"
    );
}

#[test]
fn boards_go_with_the_chip_while_their_lines_are_turned() {
    if !has_acpi() {
        return;
    }
    let chip_module = load_named(CHIP, &[]).unwrap();
    let module = load(&[]).unwrap();
    for _ in 0..rounds(4) {
        until(|| shown().is_ok());
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for commands in [
                ["od 1", "id"],
                ["id", "od 0"],
                ["sd 1", "sd 0"],
                ["A_ 5", "G_"],
                ["cd 1", "cb 6 9"],
            ] {
                let stop = &stop;
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        for command in commands {
                            let done = turn(command);
                            let is_known = done.is_ok_and(|()| true)
                                || [EPERM, ENODEV, ENOENT, EACCES].contains(&done.unwrap_err());
                            assert!(is_known, "{command}: {done:?}");
                        }
                        // The log of the chip is not endless.
                        said();
                    }
                });
            }
            let chip = "vm_gpio_lines_turns";
            assert_eq!(driver(chip, "unbind", "KMOD0C01:00"), Ok(()));
            assert!(!is_bound(BOARD) && !is_bound(NAMELESS));
            assert_eq!(driver(chip, "bind", "KMOD0C01:00"), Ok(()));
            until(|| shown().is_ok());
            stop.store(true, Ordering::Relaxed);
        });
    }
    drop(module);
    drop(chip_module);
}
