// SPDX-License-Identifier: GPL-2.0-only
//! The laptop's firmware is a table in the VM: what the driver shows is what the firmware has, and the same holds for
//! the driver in C.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use kmod_test::{Loaded, errno, input_events, load, load_twin, until};

const EINVAL: i32 = 22;
const EOPNOTSUPP: i32 = 95;
/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C.
const DRIVERS: [Load; 2] = [load, load_twin];

const KEY_UNKNOWN: u16 = 240;
const O_NONBLOCK: i32 = 0o4000;

/// The device of the block of this number.
fn block(number: u32) -> PathBuf {
    let guid = format!("3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A{number:02}");
    let mut devices = fs::read_dir("/sys/bus/wmi/devices").unwrap();
    devices
        .find_map(|device| {
            let device = device.unwrap();
            let name = device.file_name().into_string().unwrap();
            name.starts_with(&guid).then(|| device.path())
        })
        .unwrap()
}

/// The only entry of a folder whose name begins so.
fn entry(folder: PathBuf, begin: &str) -> PathBuf {
    let mut all = fs::read_dir(folder).unwrap();
    all.find_map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        name.starts_with(begin).then(|| entry.path())
    })
    .unwrap()
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap().trim_end().to_owned()
}

fn chip(file: &str) -> PathBuf {
    entry(block(1).join("hwmon"), "hwmon").join(file)
}

#[test]
fn the_fan_is_measured_and_set() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        assert_eq!(read(chip("name")), "nimbus");
        assert_eq!(read(chip("temp1_label")), "CPU");
        assert_eq!(read(chip("temp1_input")), "50000");
        fs::write(chip("pwm1"), "100").unwrap();
        assert_eq!(read(chip("pwm1")), "100");
        assert_eq!(read(chip("fan1_input")), "2000");
        assert_eq!(errno(fs::write(chip("pwm1"), "256")), Err(EINVAL));
        drop(module);
    }
}

#[test]
fn charging_ends_where_it_is_told() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        let end = PathBuf::from("/sys/class/power_supply/BAT0/charge_control_end_threshold");
        // The kernel looks for batteries when it is at leisure.
        until(|| end.exists());
        for percent in ["60", "80"] {
            fs::write(&end, percent).unwrap();
            assert_eq!(read(end.clone()), percent);
        }
        assert_eq!(errno(fs::write(&end, "39")), Err(EINVAL));
        assert_eq!(read(end), "80");
        drop(module);
    }
}

#[test]
fn it_is_quiet_or_quick() {
    let file = |name: &str| PathBuf::from("/sys/firmware/acpi").join(name);
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        let choices = read(file("platform_profile_choices"));
        assert_eq!(choices, "quiet balanced performance");
        for profile in ["quiet", "performance", "balanced"] {
            fs::write(file("platform_profile"), profile).unwrap();
            assert_eq!(read(file("platform_profile")), profile);
        }
        assert_eq!(
            errno(fs::write(file("platform_profile"), "cool")),
            Err(EOPNOTSUPP)
        );
        drop(module);
    }
}

/// Presses a key, as this firmware lets a test do.
fn press(key: u32) {
    fs::write(chip("pwm1"), (240 + key).to_string()).unwrap();
}

/// The codes of keys that were pressed and released.
fn keys(file: &File) -> Vec<u16> {
    let events = input_events(file).unwrap().into_iter();
    let presses = events.filter(|(kind, _, value)| (*kind, *value) == (1, 1));
    presses.map(|(_, code, _)| code).collect()
}

#[test]
fn keys_are_reported_and_one_switches_the_light() {
    for load in DRIVERS {
        let module = load(&[]).unwrap();
        let light = entry(block(1).join("leds"), "nimbus").join("brightness");
        let folder = entry(block(2).join("input"), "input");
        let event = entry(folder, "event");
        let node = PathBuf::from("/dev/input").join(event.file_name().unwrap());
        let mut options = OpenOptions::new();
        let node = options
            .read(true)
            .custom_flags(O_NONBLOCK)
            .open(node)
            .unwrap();
        fs::write(&light, "2").unwrap();
        // A LED is set by a work.
        until(|| read(light.clone()) == "2");
        for (key, code) in [(1, 148), (2, 238), (3, 248), (4, 228)] {
            press(key);
            let seen = RefCell::new(Vec::new());
            until(|| {
                seen.borrow_mut().extend(keys(&node));
                !seen.borrow().is_empty()
            });
            assert_eq!(seen.into_inner(), [code], "{key}");
        }
        until(|| read(light.clone()) == "0");
        press(15);
        // It is told, and reported as one that is not known.
        let seen = RefCell::new(Vec::new());
        until(|| {
            seen.borrow_mut().extend(keys(&node));
            !seen.borrow().is_empty()
        });
        assert_eq!(seen.into_inner(), [KEY_UNKNOWN]);
        drop(module);
    }
}

#[test]
fn its_battery_has_the_threshold_again_when_it_is_bound_again() {
    let end = PathBuf::from("/sys/class/power_supply/BAT0/charge_control_end_threshold");
    let _module = load(&[]).unwrap();
    until(|| end.exists());
    let device = block(1);
    let name = device.file_name().unwrap().to_str().unwrap();
    for _ in 0..3 {
        fs::write("/sys/bus/wmi/drivers/nimbus/unbind", name).unwrap();
        assert!(!end.exists());
        fs::write("/sys/bus/wmi/drivers/nimbus/bind", name).unwrap();
        until(|| end.exists());
    }
}
