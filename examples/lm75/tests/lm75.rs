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

/// Registers.
const INPUT: u8 = 0;
const CONFIG: u8 = 1;
const MAX_HYST: u8 = 2;
const MAX: u8 = 3;

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

/// A chip, from when it is told of until it is dropped.
struct Chip {
    address: u8,
}

impl Chip {
    /// A chip of this name, before which its registers are as they are when the power comes.
    fn new(name: &str, address: u8, config: u8) -> Self {
        let chip = Self { address };
        chip.write('b', CONFIG, config.into());
        chip.write('w', MAX_HYST, 75 << 8);
        chip.write('w', MAX, 80 << 8);
        let told = format!("{name} {address:#x}");
        fs::write(bus().0.join("new_device"), told).unwrap();
        chip
    }

    fn access(&self, width: char, register: u8, value: Option<u16>) -> String {
        let mut chip = program("chip");
        chip.arg(format!("/dev/i2c-{}", bus().1));
        chip.args([
            self.address.to_string(),
            width.to_string(),
            register.to_string(),
        ]);
        chip.args(value.map(|value| value.to_string()));
        let output = chip.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn write(&self, width: char, register: u8, value: u16) {
        self.access(width, register, Some(value));
    }

    fn read(&self, width: char, register: u8) -> String {
        self.access(width, register, None)
    }

    fn folder(&self) -> PathBuf {
        Path::new("/sys/bus/i2c/devices").join(format!("{}-{:04x}", bus().1, self.address))
    }

    /// A file of the chip as a sensor.
    fn file(&self, name: &str) -> PathBuf {
        let mut all = fs::read_dir(self.folder().join("hwmon")).unwrap();
        all.next().unwrap().unwrap().path().join(name)
    }

    fn shown(&self, name: &str) -> String {
        fs::read_to_string(self.file(name))
            .unwrap()
            .trim()
            .to_owned()
    }
}

impl Drop for Chip {
    fn drop(&mut self) {
        let _ = fs::write(
            bus().0.join("delete_device"),
            format!("{:#x}", self.address),
        );
    }
}

#[test]
fn temperatures_are_those_of_the_data_sheet() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        let chips = [Chip::new("lm75", 0x48, 0), Chip::new("tmp75", 0x49, 0)];
        assert_eq!(chips[0].shown("name"), "lm75");
        for (register, shown) in [
            (0x7d00, ["125000", "125000"]),
            (0x1980, ["25500", "25500"]),
            // What the LM75 does not have is noise in its register.
            (0x191f, ["25000", "25062"]),
            (0x0080, ["500", "500"]),
            (0x0000, ["0", "0"]),
            (0xff80, ["-500", "-500"]),
            (0xfff0, ["-500", "-62"]),
            (0xc900, ["-55000", "-55000"]),
        ] {
            for (chip, shown) in chips.iter().zip(shown) {
                chip.write('w', INPUT, register);
                assert_eq!(chip.shown("temp1_input"), shown, "{register:#x}");
            }
        }
        drop(module);
    }
}

#[test]
fn limits_are_the_nearest_that_a_chip_has() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        let chips = [Chip::new("lm75", 0x48, 0), Chip::new("tmp75", 0x49, 0)];
        assert_eq!(chips[0].shown("temp1_max_hyst"), "75000");
        for (written, registers) in [
            ("64400", ["0x4080", "0x4060"]),
            ("-250", ["0xff80", "0xffc0"]),
            ("-240", ["0", "0xffc0"]),
            ("9223372036854775807", ["0x7d00", "0x7d00"]),
            ("-9223372036854775808", ["0xc900", "0xc900"]),
        ] {
            for (chip, register) in chips.iter().zip(registers) {
                fs::write(chip.file("temp1_max"), written).unwrap();
                assert_eq!(chip.read('w', MAX), register, "{written}");
            }
        }
        let max = chips[0].file("temp1_max");
        assert_eq!(errno(fs::write(max, "warm")), Err(EINVAL));
        drop(module);
    }
}

#[test]
fn who_comes_after_the_driver_finds_the_chip_as_it_was() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        // It sleeps, and has its alarm's other polarity.
        let chip = Chip::new("tmp75", 0x49, 0x05);
        assert_eq!(chip.read('b', CONFIG), "0x64");
        drop(module);
        assert_eq!(chip.read('b', CONFIG), "0x5");
    }
}
