// SPDX-License-Identifier: GPL-2.0-only
//! The knob, turned and pressed by the test, and the same with the driver in C.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{
    Loaded, errno, input_events, load, load_named, load_twin, param_of, rounds, until,
};

const O_NONBLOCK: i32 = 0o4000;
const ENOENT: i32 = 2;
const ENODEV: i32 = 19;

const CHIP: &str = "knob_chip";

/// How a module is loaded.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// The driver, and the one in C.
const DRIVERS: [(&str, Load); 2] = [("knob", load), ("knob_c", load_twin)];

/// What is reported.
const EV_SYN: u16 = 0;
const EV_KEY: u16 = 1;
const EV_REL: u16 = 2;
const KEY_ENTER: u16 = 28;
const REL_DIAL: u16 = 7;

/// The lines of the chip.
const PHASES: [u32; 2] = [0, 1];
const BUTTON: u32 = 2;
const LAMP: u32 = 3;

/// What is at the other end of a line; all are high while nothing is closed.
fn level(line: u32, is_high: bool) {
    let path = format!("/sys/module/{CHIP}/parameters/level");
    fs::write(path, format!("{line} {}", u32::from(is_high))).unwrap();
}

fn is_high(line: u32) -> bool {
    let high: u32 = param_of(CHIP, "high").unwrap().trim().parse().unwrap();
    high >> line & 1 != 0
}

fn device() -> PathBuf {
    "/sys/bus/platform/devices/PRP0001:00".into()
}

fn position() -> Result<i32, i32> {
    let text = errno(fs::read_to_string(device().join("position")))?;
    Ok(text.trim().parse().unwrap())
}

/// The first below a folder whose name begins so.
fn below(folder: &Path, begins: &str) -> Option<PathBuf> {
    let mut found = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()));
    found.find(|path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(begins))
    })
}

/// The node of its input device.
fn node() -> Option<PathBuf> {
    let event = below(&below(&device().join("input"), "input")?, "event")?;
    let node = Path::new("/dev/input").join(event.file_name()?);
    node.exists().then_some(node)
}

fn open() -> File {
    until(|| node().is_some());
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(O_NONBLOCK);
    options.open(node().unwrap()).unwrap()
}

/// What was reported, without the ends of reports.
fn reported(file: &File) -> Vec<(u16, u16, i32)> {
    let mut events = input_events(file).unwrap();
    events.retain(|(kind, ..)| *kind != EV_SYN);
    events
}

/// Turns the knob by one of its four changes, to the right or to the left.
fn turn(to_the_right: bool, at: &mut usize) {
    const ORDER: [[bool; 2]; 4] = [[true, true], [false, true], [false, false], [true, false]];
    *at = (*at + if to_the_right { 1 } else { 3 }) % 4;
    for (line, is_high) in PHASES.into_iter().zip(ORDER[*at]) {
        level(line, is_high);
    }
}

/// A chip, and a driver that has bound the knob.
fn knob(load: Load, parameters: &[&str]) -> (Loaded, Loaded) {
    knob_at(&[], load, parameters)
}

/// The same with a chip that is loaded so.
fn knob_at(chip_parameters: &[&str], load: Load, parameters: &[&str]) -> (Loaded, Loaded) {
    let chip = load_named(CHIP, chip_parameters).unwrap();
    let module = load(parameters).unwrap();
    until(|| position().is_ok());
    (module, chip)
}

#[test]
fn a_click_is_four_changes() {
    for (name, load) in DRIVERS {
        let (module, chip) = knob(load, &[]);
        let file = open();
        reported(&file);
        let mut at = 0;
        let clicks = [true, true, false, true];
        for is_right in clicks {
            for _ in 0..3 {
                turn(is_right, &mut at);
            }
            assert_eq!(reported(&file), [], "{name}");
            turn(is_right, &mut at);
            let by = if is_right { 1 } else { -1 };
            assert_eq!(reported(&file), [(EV_REL, REL_DIAL, by)], "{name}");
        }
        assert_eq!(position(), Ok(2), "{name}");
        // A contact that bounces, and one that is turned back before it clicks.
        for _ in 0..10 {
            turn(true, &mut at);
            turn(false, &mut at);
        }
        assert_eq!(reported(&file), [], "{name}");
        assert_eq!(position(), Ok(2), "{name}");
        drop(module);
        drop(chip);
    }
}

#[test]
fn a_click_may_be_less() {
    for (name, load) in DRIVERS {
        let (module, chip) = knob(load, &["changes=2"]);
        let mut at = 0;
        for is_right in [false, false, false, false, true] {
            turn(is_right, &mut at);
        }
        assert_eq!(position(), Ok(-2), "{name}");
        drop(module);
        drop(chip);
    }
    for (name, load) in DRIVERS {
        assert!(load(&["changes=5"]).is_err(), "{name}");
        assert!(load(&["changes=0"]).is_err(), "{name}");
    }
}

#[test]
fn the_button_counts_when_it_is_at_rest() {
    for (name, load) in DRIVERS {
        for chip_debounces in [false, true] {
            // The console opens keyboards as they come.
            let debounces = if chip_debounces {
                "debounces=1"
            } else {
                "debounces=0"
            };
            let (module, chip) = knob_at(&[debounces], load, &[]);
            let file = open();
            for is_pressed in [true, false] {
                if !chip_debounces {
                    for _ in 0..3 {
                        level(BUTTON, !is_pressed);
                        level(BUTTON, is_pressed);
                    }
                }
                level(BUTTON, !is_pressed);
                let mut seen = Vec::new();
                until(|| {
                    seen.extend(reported(&file));
                    !seen.is_empty()
                });
                let value = i32::from(is_pressed);
                let once = seen == [(EV_KEY, KEY_ENTER, value)];
                // Somebody who bounces slower than that is heard.
                let more = !chip_debounces && seen.last() == Some(&(EV_KEY, KEY_ENTER, value));
                assert!(once || more, "{name}: {seen:?}");
            }
            let asked = param_of(CHIP, "asked").unwrap();
            assert_eq!(
                asked.trim(),
                if chip_debounces { "10000" } else { "0" },
                "{name}"
            );
            drop(module);
            drop(chip);
        }
    }
}

#[test]
fn the_lamp_is_a_led() {
    for (name, load) in DRIVERS {
        let (module, chip) = knob(load, &[]);
        let led = "/sys/class/leds/knob0::indicator/brightness";
        for is_on in [true, false, true] {
            fs::write(led, if is_on { "1" } else { "0" }).unwrap();
            assert_eq!(is_high(LAMP), is_on, "{name}");
        }
        drop(module);
        assert!(!is_high(LAMP), "{name}: it is turned off when it goes");
        drop(chip);
    }
}

#[test]
fn it_goes_with_its_chip_while_it_is_turned_and_pressed() {
    let (module, chip) = knob(load, &[]);
    for _ in 0..rounds(3) {
        until(|| position().is_ok());
        let file = open();
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut at = 0;
                while !stop.load(Ordering::Relaxed) {
                    turn(true, &mut at);
                    level(BUTTON, at % 2 == 0);
                }
            });
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    if let Err(error) = position() {
                        assert!([ENODEV, ENOENT].contains(&error), "{error}");
                    }
                }
            });
            let driver = Path::new("/sys/bus/platform/drivers/knob_chip");
            fs::write(driver.join("unbind"), "KMOD0D01:00").unwrap();
            assert!(!device().join("driver").exists());
            fs::write(driver.join("bind"), "KMOD0D01:00").unwrap();
            until(|| position().is_ok());
            stop.store(true, Ordering::Relaxed);
        });
        assert_eq!(errno(input_events(&file)), Err(ENODEV));
        for line in 0..3 {
            level(line, true);
        }
    }
    drop(module);
    drop(chip);
}
