// SPDX-License-Identifier: GPL-2.0-only
//! What stands for the chip is QEMU's clock, put at the chip's ports: it, too, has 128 registers behind an index, and
//! those from 0x0e on are memory. What is measured is written there by the test. The same holds for the driver in C.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use kmod_test::{Loaded, errno, load, load_named, load_twin};

const EBUSY: i32 = 16;

/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C, with their names.
const DRIVERS: [(&str, Load); 2] = [("lm78", load), ("lm78_c", load_twin)];

/// How the kernel tells that it has taken the chip for a clock.
const CLOCK: &str = "0295-029c : rtc0";

/// Registers.
const VOLTAGE: u8 = 0x20;
const TEMPERATURE: u8 = 0x27;
const TICKS: u8 = 0x28;
const HOT: u8 = 0x39;
const COOL: u8 = 0x3a;
const LIMIT: u8 = 0x3b;
const CONFIG: u8 = 0x40;
const DIVISORS: u8 = 0x47;
const MODEL: u8 = 0x49;

/// The chip, which nobody but a test has now.
fn register(at: u8, write: Option<u8>) -> u8 {
    let mut options = OpenOptions::new();
    let ports = options.read(true).write(true).open("/dev/port").unwrap();
    ports.write_all_at(&[at], 0x295).unwrap();
    if let Some(value) = write {
        ports.write_all_at(&[value], 0x296).unwrap();
    }
    let mut value = [0];
    ports.write_all_at(&[at], 0x295).unwrap();
    ports.read_exact_at(&mut value, 0x296).unwrap();
    value[0]
}

/// A chip after its power has come, which is no clock any more.
fn reset() {
    if fs::read_to_string("/proc/ioports").unwrap().contains(CLOCK) {
        drop(load_named("lm78_chip", &[]).unwrap());
    }
    for at in (VOLTAGE..=LIMIT + 2).chain([CONFIG, MODEL]) {
        // The clock's century is no memory.
        if at != 0x32 && at != 0x37 {
            register(at, Some(0));
        }
    }
    register(DIVISORS, Some(0x50));
    register(CONFIG, Some(0x08));
}

fn file(driver: &str, name: &str) -> PathBuf {
    let folder = Path::new("/sys/devices/platform")
        .join(driver)
        .join("hwmon");
    let mut all = fs::read_dir(folder).unwrap();
    all.next().unwrap().unwrap().path().join(name)
}

fn shown(driver: &str, name: &str) -> String {
    fs::read_to_string(file(driver, name))
        .unwrap()
        .trim()
        .to_owned()
}

#[test]
fn what_is_measured_is_shown() {
    for (name, load) in DRIVERS {
        reset();
        let module = load(&[]).unwrap();
        assert_eq!(register(CONFIG, None), 0x09);
        for (at, value) in [
            (VOLTAGE, 0x9c),
            (VOLTAGE + 6, 0xff),
            (TEMPERATURE, 0xd8),
            (TICKS, 0x87),
            (TICKS + 1, 0xff),
            (TICKS + 2, 0x64),
            // By 8 and by 1.
            (DIVISORS, 0x3d),
        ] {
            register(at, Some(value));
        }
        for (file, value) in [
            ("name", "lm78"),
            ("in0_input", "2496"),
            ("in1_input", "0"),
            ("in6_input", "4080"),
            ("temp1_input", "-40000"),
            ("fan1_input", "1250"),
            ("fan2_input", "0"),
            ("fan3_input", "6750"),
            ("fan1_div", "8"),
            ("fan2_div", "1"),
            ("fan3_div", "2"),
            ("fan3_min", "0"),
        ] {
            assert_eq!(shown(name, file), value, "{file}");
        }
        drop(module);
    }
}

#[test]
fn limits_are_the_nearest_that_the_chip_has() {
    for (name, load) in DRIVERS {
        reset();
        let module = load(&[]).unwrap();
        for (file_name, written, at, value) in [
            ("temp1_max", "84600", HOT, 85),
            ("temp1_max", "9223372036854775807", HOT, 127),
            ("temp1_max_hyst", "-9223372036854775808", COOL, 0x81),
            ("temp1_max_hyst", "-500", COOL, 0xff),
            ("fan1_min", "3000", LIMIT, 225),
            ("fan1_min", "1", LIMIT, 254),
            ("fan2_min", "9223372036854775807", LIMIT + 1, 1),
            ("fan3_min", "0", LIMIT + 2, 255),
            ("fan3_min", "-5", LIMIT + 2, 255),
        ] {
            fs::write(file(name, file_name), written).unwrap();
            assert_eq!(register(at, None), value, "{file_name} {written}");
        }
        drop(module);
    }
}

#[test]
fn a_chip_that_is_another_is_left_alone() {
    for (name, load) in DRIVERS {
        for (at, value) in [(MODEL, 0x42), (CONFIG, 0x88)] {
            reset();
            register(at, Some(value));
            let module = load(&[]).unwrap();
            assert!(
                !Path::new("/sys/devices/platform")
                    .join(name)
                    .join("hwmon")
                    .exists()
            );
            assert_eq!(register(CONFIG, None) & 1, 0);
            drop(module);
        }
    }
}

#[test]
fn ports_that_another_one_has_are_not_taken() {
    reset();
    for [first, second] in [[load as Load, load_twin], [load_twin, load]] {
        let module = first(&[]).unwrap();
        assert_eq!(errno(second(&[]).map(drop)), Err(EBUSY));
        drop(module);
    }
}
