// SPDX-License-Identifier: GPL-2.0-only
//! The controller is a module in C that answers for it; what the driver shows and sets is what it has, and the same
//! holds for the driver in C.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kmod_test::{Kmsg, Loaded, errno, load, load_named, load_twin, param_of, set_param_of};

const EAGAIN: i32 = 11;
const EBUSY: i32 = 16;
const EINVAL: i32 = 22;
const ETIME: i32 = 62;

/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C, with their names.
const DRIVERS: [(&str, Load); 2] = [("breeze", load), ("breeze_c", load_twin)];

/// Bytes of the controller.
const TEMPERATURE: usize = 0x58;
const SPEED: usize = 0x60;
const DUTY: usize = 0x62;
const MODE: usize = 0x63;

/// The controller, which has the fan run as it leaves the factory.
fn controller() -> Loaded {
    let controller = load_named("breeze_ec", &[]).unwrap();
    for (at, value) in [
        (TEMPERATURE, 47),
        (SPEED, 0x0b),
        (SPEED + 1, 0xb8),
        (DUTY, 90),
    ] {
        poke(at, value);
    }
    controller
}

fn poke(at: usize, value: u8) {
    set_param_of("breeze_ec", "poke", &format!("{at} {value}")).unwrap();
}

fn byte(at: usize) -> u8 {
    let bytes = param_of("breeze_ec", "bytes").unwrap();
    bytes.trim().split(',').nth(at).unwrap().parse().unwrap()
}

fn file(driver: &str, name: &str) -> PathBuf {
    let folder = Path::new("/sys/devices/platform")
        .join(driver)
        .join("hwmon");
    let mut all = fs::read_dir(folder).unwrap();
    all.next().unwrap().unwrap().path().join(name)
}

fn read(driver: &str, name: &str) -> Result<String, i32> {
    errno(fs::read_to_string(file(driver, name))).map(|text| text.trim().to_owned())
}

fn write(driver: &str, name: &str, text: &str) -> Result<(), i32> {
    errno(fs::write(file(driver, name), text))
}

#[test]
fn the_fan_is_measured() {
    for (name, load) in DRIVERS {
        let controller = controller();
        let module = load(&[]).unwrap();
        let shown = |file| read(name, file).unwrap();
        assert_eq!(shown("name"), "breeze");
        assert_eq!(shown("temp1_label"), "CPU");
        assert_eq!(shown("temp1_input"), "47000");
        assert_eq!(shown("fan1_input"), "3000");
        assert_eq!(
            (shown("pwm1"), shown("pwm1_enable")),
            ("90".to_owned(), "2".to_owned())
        );
        // It changes between its two bytes.
        set_param_of("breeze_ec", "races", "3").unwrap();
        assert_eq!(shown("fan1_input"), (0x0eb8).to_string());
        set_param_of("breeze_ec", "races", "100").unwrap();
        assert_eq!(read(name, "fan1_input"), Err(EAGAIN));
        drop(module);
        drop(controller);
    }
}

#[test]
fn the_fan_is_set_and_left_to_the_controller_in_the_end() {
    for (name, load) in DRIVERS {
        let controller = controller();
        let module = load(&[]).unwrap();
        assert_eq!(write(name, "pwm1", "128"), Err(EBUSY));
        assert_eq!((byte(MODE), byte(DUTY)), (0, 90));
        assert_eq!(write(name, "pwm1_enable", "1"), Ok(()));
        assert_eq!((byte(MODE), byte(DUTY)), (1, 90));
        assert_eq!(write(name, "pwm1", "128"), Ok(()));
        assert_eq!(write(name, "pwm1", "256"), Err(EINVAL));
        assert_eq!(write(name, "pwm1", "-1"), Err(EINVAL));
        assert_eq!((byte(MODE), byte(DUTY)), (1, 128));
        assert_eq!(write(name, "pwm1_enable", "2"), Ok(()));
        assert_eq!(write(name, "pwm1_enable", "3"), Err(EINVAL));
        assert_eq!(write(name, "pwm1_enable", "0"), Err(EINVAL));
        assert_eq!(byte(MODE), 0);
        assert_eq!(write(name, "pwm1_enable", "1"), Ok(()));
        drop(module);
        assert_eq!(byte(MODE), 0);
        drop(controller);
    }
}

#[test]
fn a_controller_that_does_not_answer_is_an_error() {
    for (name, load) in DRIVERS {
        let controller = controller();
        let module = load(&[]).unwrap();
        let mut log = Kmsg::mark().unwrap();
        set_param_of("breeze_ec", "error", "-62").unwrap();
        for file in ["temp1_input", "fan1_input", "pwm1", "pwm1_enable"] {
            assert_eq!(read(name, file), Err(ETIME), "{file}");
        }
        assert_eq!(write(name, "pwm1_enable", "1"), Err(ETIME));
        drop(module);
        log.until(|line| line.contains("the fan may stand still"));
        // It is not there at all: then there is no fan.
        let module = load(&[]).unwrap();
        assert!(
            !Path::new("/sys/devices/platform")
                .join(name)
                .join("hwmon")
                .exists()
        );
        drop(module);
        drop(controller);
    }
}
