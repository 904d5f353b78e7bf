// SPDX-License-Identifier: GPL-2.0-only
//! The display's firmware is a table in the VM: how bright it is, is what that has, and the same holds for the driver
//! in C.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use kmod_test::{
    Kmsg, Loaded, errno, input_events, load, load_named, load_twin, set_param_of, until,
};

const EINVAL: i32 = 22;
const O_NONBLOCK: i32 = 0o4000;

/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C, with their names.
const DRIVERS: [(&str, Load); 2] = [("lantern", load), ("lantern_c", load_twin)];

fn folder(driver: &str) -> PathBuf {
    PathBuf::from(format!("/sys/class/backlight/{driver}0"))
}

fn read(driver: &str, file: &str) -> Result<String, i32> {
    errno(fs::read_to_string(folder(driver).join(file))).map(|text| text.trim().to_owned())
}

/// Orders firmware to do something: up to 9 it lies so, from 10 on it notifies of that.
fn order(number: u32) {
    set_param_of("lantern_firmware", "order", &number.to_string()).unwrap();
}

#[test]
fn each_percent_is_the_nearest_level() {
    for (name, load) in DRIVERS {
        let module = load(&[]).unwrap();
        assert_eq!(read(name, "type").as_deref(), Ok("firmware"));
        assert_eq!(read(name, "max_brightness").as_deref(), Ok("100"));
        for (percent, level) in [
            ("0", "5"),
            ("12", "5"),
            ("13", "20"),
            ("50", "40"),
            ("99", "100"),
            ("60", "60"),
        ] {
            fs::write(folder(name).join("brightness"), percent).unwrap();
            assert_eq!(read(name, "brightness").as_deref(), Ok(percent));
            assert_eq!(
                read(name, "actual_brightness").as_deref(),
                Ok(level),
                "{percent}"
            );
        }
        let brightness = folder(name).join("brightness");
        assert_eq!(errno(fs::write(brightness, "101")), Err(EINVAL));
        // Off is as dark as it gets.
        fs::write(folder(name).join("bl_power"), "4").unwrap();
        assert_eq!(read(name, "actual_brightness").as_deref(), Ok("5"));
        fs::write(folder(name).join("bl_power"), "0").unwrap();
        assert_eq!(read(name, "actual_brightness").as_deref(), Ok("60"));
        // The other one has no levels.
        assert!(
            !Path::new("/sys/class/backlight")
                .join(format!("{name}1"))
                .exists()
        );
        drop(module);
    }
}

/// The codes of keys that were pressed.
fn pressed(file: &File) -> Vec<u16> {
    let events = input_events(file).unwrap().into_iter();
    let presses = events.filter(|(kind, _, value)| (*kind, *value) == (1, 1));
    presses.map(|(_, code, _)| code).collect()
}

/// The node of the keys.
fn keys() -> PathBuf {
    let all = fs::read_dir("/sys/class/input").unwrap().flatten();
    let mut names = all.map(|entry| entry.file_name().into_string().unwrap());
    let is_it = |name: &String| {
        let device = Path::new("/sys/class/input").join(name).join("device/name");
        name.starts_with("event")
            && fs::read_to_string(device).is_ok_and(|name| name == "Lantern keys\n")
    };
    Path::new("/dev/input").join(names.find(is_it).unwrap())
}

#[test]
fn keys_are_reported() {
    for (_, load) in DRIVERS {
        let firmware = load_named("lantern_firmware", &[]).unwrap();
        let module = load(&[]).unwrap();
        let mut options = OpenOptions::new();
        let node = options
            .read(true)
            .custom_flags(O_NONBLOCK)
            .open(keys())
            .unwrap();
        for (event, code) in [(0x86, 225), (0x87, 224)] {
            order(event);
            let seen = RefCell::new(Vec::new());
            until(|| {
                seen.borrow_mut().extend(pressed(&node));
                !seen.borrow().is_empty()
            });
            assert_eq!(seen.into_inner(), [code]);
        }
        let mut log = Kmsg::mark().unwrap();
        order(0x88);
        log.until(|line| line.contains("no key has the number 0x88"));
        assert_eq!(pressed(&node), []);
        drop(module);
        drop(firmware);
    }
}

#[test]
fn firmware_that_lies_is_an_error() {
    let mut seen = Vec::new();
    for (name, load) in DRIVERS {
        let firmware = load_named("lantern_firmware", &[]).unwrap();
        let module = load(&[]).unwrap();
        let answers = [1, 2, 0].map(|lie| {
            order(lie);
            read(name, "actual_brightness")
        });
        let is_error = |answer: &Result<String, i32>| match answer {
            // Old kernels show an errno as if it were a brightness.
            Ok(text) => text.starts_with('-'),
            Err(_) => true,
        };
        assert_eq!(
            answers.each_ref().map(is_error),
            [true, true, false],
            "{answers:?}"
        );
        seen.push(answers);
        drop(module);
        drop(firmware);
    }
    assert_eq!(seen[0], seen[1]);
}
