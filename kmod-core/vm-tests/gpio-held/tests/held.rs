// SPDX-License-Identifier: GPL-2.0-only
//! Lines that somebody has answer when the device goes, and whatever comes after it.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::gpio::flags::{INPUT, OUTPUT};
use kmod_test::{GpioChip, errno, expect_report, is_loaded, load, rounds, unload};

const EIO: i32 = 5;
const EAGAIN: i32 = 11;
const ENODEV: i32 = 19;

const MODULE: &str = "vm_gpio_held";

/// The chip with this label.
fn chip(label: &str) -> GpioChip {
    let chip = GpioChip::labelled(label).unwrap();
    chip.unwrap_or_else(|| panic!("there is no chip {label}"))
}

/// Binds the driver's device, or unbinds it.
fn driver(what: &str) {
    let path = Path::new("/sys/bus/platform/drivers/vm_gpio_held").join(what);
    assert_eq!(errno(fs::write(path, MODULE)), Ok(()));
}

/// Whether the kernel lets go of a module whose chip went while a line was held.
fn lets_go() -> bool {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap();
    let mut numbers = release
        .split(['.', '-'])
        .map(|part| part.parse().unwrap_or(0));
    (numbers.next(), numbers.next()) >= (Some(6), Some(9))
}

/// One test: some kernels never unload the module again.
#[test]
fn lines_that_are_held_answer_when_the_device_goes() {
    if !lets_go() {
        expect_report("left the module vm_gpio_held loaded").unwrap();
    }
    std::mem::forget(load(&[]).unwrap());
    for _ in 0..rounds(10) {
        let chips = ["vm_held", "vm_held_slow"].map(chip);
        let lines = chips
            .each_ref()
            .map(|chip| chip.take(&[0, 1], OUTPUT, 1).unwrap());
        for lines in &lines {
            assert_eq!(errno(lines.get(3)), Ok(1));
        }
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for lines in &lines {
                for _ in 0..2 {
                    let stop = &stop;
                    scope.spawn(move || {
                        let mut value = 0;
                        while !stop.load(Ordering::Relaxed) {
                            value ^= 3;
                            let did = [
                                errno(lines.set(3, value)),
                                errno(lines.get(3)).map(|_| ()),
                                errno(lines.configure(OUTPUT, value)),
                            ];
                            for error in did.into_iter().filter_map(Result::err) {
                                assert!([ENODEV, EIO].contains(&error), "{error}");
                            }
                        }
                    });
                }
            }
            driver("unbind");
            stop.store(true, Ordering::Relaxed);
        });
        let gone = || {
            for (chip, lines) in chips.iter().zip(&lines) {
                assert_eq!(errno(lines.get(1)), Err(ENODEV));
                assert!(lines.configure(INPUT, 0).is_err());
                let _ = lines.set(1, 1);
                assert_eq!(errno(chip.line(0)), Err(ENODEV));
            }
        };
        gone();
        driver("bind");
        // The lines that are held are not those of the new chips.
        let again = chip("vm_held").take(&[0, 1], OUTPUT, 2).unwrap();
        gone();
        assert_eq!(errno(again.get(3)), Ok(2));
        drop(lines);
        assert_eq!(errno(again.get(3)), Ok(2));
    }
    let unloaded = errno(unload(MODULE));
    assert_eq!(unloaded, if lets_go() { Ok(()) } else { Err(EAGAIN) });
    assert_eq!(is_loaded(MODULE), !lets_go());
}
