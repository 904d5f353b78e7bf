// SPDX-License-Identifier: GPL-2.0-only
//! The chip is a table of registers, the kernel's `i2c-stub`; what the driver shows and sets is what the table has,
//! and the same holds for the driver in C.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kmod_test::{Loaded, errno, load, load_twin, program};

const EINVAL: i32 = 22;

/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C.
const DRIVERS: [Load; 2] = [load, load_twin];

const ADDRESS: u8 = 0x10;

/// Registers.
const CONFIG: u8 = 0;
const ALS: u8 = 4;
const WHITE: u8 = 5;
const ID: u8 = 7;

/// Where the bus of the stub is, and its number.
fn bus() -> (PathBuf, u32) {
    for number in 0..16 {
        let folder = PathBuf::from(format!("/sys/bus/i2c/devices/i2c-{number}"));
        if fs::read_to_string(folder.join("name")).is_ok_and(|name| name.contains("stub")) {
            return (folder, number);
        }
    }
    panic!("no stub");
}

fn access(register: u8, value: Option<u16>) -> String {
    let mut chip = program("chip");
    chip.arg(format!("/dev/i2c-{}", bus().1));
    chip.args([ADDRESS.to_string(), register.to_string()]);
    chip.args(value.map(|value| value.to_string()));
    let output = chip.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn set(register: u8, value: u16) {
    access(register, Some(value));
}

fn register(register: u8) -> String {
    access(register, None)
}

/// The chip, from when it is told of until it is dropped.
struct Chip;

impl Chip {
    /// One that says this of itself, and measures so.
    fn new(id: u16, config: u16) -> Self {
        set(ID, id);
        set(CONFIG, config);
        let told = format!("veml7700 {ADDRESS:#x}");
        fs::write(bus().0.join("new_device"), told).unwrap();
        Self
    }

    /// The folder of its channels, if the driver has taken it.
    fn folder(&self) -> Option<PathBuf> {
        let chip = format!("/sys/bus/i2c/devices/{}-{ADDRESS:04x}", bus().1);
        let mut all = fs::read_dir(Path::new(&chip)).unwrap().flatten();
        let is_it = |name: &str| name.starts_with("iio:device");
        let it = all.find(|entry| is_it(entry.file_name().to_str().unwrap()))?;
        Some(it.path())
    }

    fn shown(&self, name: &str) -> Result<String, i32> {
        let text = errno(fs::read_to_string(self.folder().unwrap().join(name)));
        text.map(|text| text.trim_end().to_owned())
    }

    fn write(&self, name: &str, text: &str) -> Result<(), i32> {
        errno(fs::write(self.folder().unwrap().join(name), text))
    }
}

impl Drop for Chip {
    fn drop(&mut self) {
        let _ = fs::write(bus().0.join("delete_device"), format!("{ADDRESS:#x}"));
    }
}

#[test]
fn light_is_that_of_the_data_sheet() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        let chip = Chip::new(0xc481, 1);
        assert_eq!(chip.shown("name").unwrap(), "veml7700");
        for (light, shown) in [(0, "0"), (1480, "1480"), (0xffff, "65535")] {
            set(ALS, light);
            set(WHITE, !light);
            assert_eq!(chip.shown("in_illuminance_raw").unwrap(), shown);
            let white = (!light).to_string();
            assert_eq!(chip.shown("in_intensity_both_raw").unwrap(), white);
        }
        // How much a step is, by its table of resolutions.
        for (time, gain, config, scale) in [
            ("0.1", "1", "0", "0.067200000"),
            ("0.025", "0.125", "0x1300", "2.150400000"),
            ("0.4", "2", "0x880", "0.008400000"),
            ("0.800000", "2.0", "0x8c0", "0.004200000"),
        ] {
            chip.write("integration_time", time).unwrap();
            chip.write("hardwaregain", gain).unwrap();
            assert_eq!(register(CONFIG), config, "{time} s, {gain}");
            assert_eq!(chip.shown("in_illuminance_scale").unwrap(), scale);
        }
        assert_eq!(chip.shown("integration_time").unwrap(), "0.800000");
        assert_eq!(chip.shown("hardwaregain").unwrap(), "2.000000");
        let times = "0.025000 0.050000 0.100000 0.200000 0.400000 0.800000";
        assert_eq!(chip.shown("integration_time_available").unwrap(), times);
        let gains = "0.125000 0.250000 1.000000 2.000000";
        assert_eq!(chip.shown("hardwaregain_available").unwrap(), gains);
        for (file, value) in [
            ("integration_time", "0.3"),
            ("integration_time", "-0.1"),
            ("hardwaregain", "3"),
            ("hardwaregain", "much"),
            ("in_illuminance_raw", "1"),
            ("in_illuminance_scale", "1"),
        ] {
            assert_eq!(chip.write(file, value), Err(EINVAL), "{file} <- {value}");
        }
        assert_eq!(register(CONFIG), "0x8c0");
        drop(module);
    }
}

#[test]
fn what_is_no_such_chip_is_let_alone() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        let chip = Chip::new(0xc442, 1);
        assert!(chip.folder().is_none());
        assert_eq!(register(CONFIG), "0x1");
        drop(module);
    }
}

#[test]
fn settings_that_are_none_are_told_of() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        // A time that it does not have.
        let chip = Chip::new(0x81, 0xf << 6);
        for file in ["integration_time", "in_illuminance_scale"] {
            assert_eq!(chip.shown(file), Err(EINVAL), "{file}");
        }
        assert_eq!(chip.shown("hardwaregain").unwrap(), "1.000000");
        chip.write("integration_time", "0.1").unwrap();
        assert_eq!(chip.shown("in_illuminance_scale").unwrap(), "0.067200000");
        drop(module);
    }
}

#[test]
fn who_comes_after_the_driver_finds_the_chip_as_it_was() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        // It sleeps, and has an interrupt.
        let chip = Chip::new(0x81, 0x1803);
        assert_eq!(register(CONFIG), "0x1802");
        chip.write("hardwaregain", "2").unwrap();
        assert_eq!(register(CONFIG), "0x802");
        drop(module);
        assert_eq!(register(CONFIG), "0x1803");
        drop(chip);
    }
}
