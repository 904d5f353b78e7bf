// SPDX-License-Identifier: GPL-2.0-only
//! The battery is a table of firmware in the VM: what the driver shows is what it has, whatever that is, and the same
//! holds for the driver in C.

use std::fs;
use std::io;
use std::path::PathBuf;

use kmod_test::{LATE, Loaded, Uevent, Uevents, errno, load, load_named, load_twin, set_param_of};

const EINVAL: i32 = 22;
const ENODATA: i32 = 61;
const EPROTO: i32 = 71;

/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C, with their names.
const DRIVERS: [(&str, Load); 2] = [("cell", load), ("cell_c", load_twin)];

fn file(driver: &str, name: &str) -> PathBuf {
    PathBuf::from(format!("/sys/class/power_supply/{driver}0")).join(name)
}

fn read(driver: &str, name: &str) -> Result<String, i32> {
    errno(fs::read_to_string(file(driver, name))).map(|text| text.trim().to_owned())
}

/// Orders firmware to do something: up to 9 it lies so, from 10 on this is its state less 10, of which it notifies.
fn order(number: u32) {
    set_param_of("cell_firmware", "order", &number.to_string()).unwrap();
}

#[test]
fn it_shows_what_firmware_knows() {
    for (name, load) in DRIVERS {
        let module = load(&[]).unwrap();
        for (file, shown) in [
            ("type", "Battery"),
            ("status", "Discharging"),
            ("present", "1"),
            ("technology", "Li-ion"),
            ("capacity", "66"),
            ("energy_full_design", "50000000"),
            ("energy_full", "45000000"),
            ("energy_now", "30000000"),
            ("power_now", "9000000"),
            ("voltage_min_design", "11100000"),
            ("voltage_now", "11400000"),
            ("charge_control_end_threshold", "80"),
        ] {
            assert_eq!(read(name, file).as_deref(), Ok(shown), "{file}");
        }
        // The other one counts in ampere-hours.
        assert!(!PathBuf::from(format!("/sys/class/power_supply/{name}1")).exists());
        drop(module);
    }
}

#[test]
fn charging_ends_where_it_is_told() {
    for (name, load) in DRIVERS {
        let module = load(&[]).unwrap();
        let end = "charge_control_end_threshold";
        for percent in ["1", "100", "80"] {
            assert_eq!(errno(fs::write(file(name, end), percent)), Ok(()));
            assert_eq!(read(name, end).as_deref(), Ok(percent));
        }
        for wrong in ["0", "101", "-1"] {
            assert_eq!(
                errno(fs::write(file(name, end), wrong)),
                Err(EINVAL),
                "{wrong}"
            );
        }
        assert_eq!(read(name, end).as_deref(), Ok("80"));
        drop(module);
    }
}

#[test]
fn a_charger_that_comes_is_told_of() {
    for (name, load) in DRIVERS {
        let firmware = load_named("cell_firmware", &[]).unwrap();
        let module = load(&[]).unwrap();
        let mut events = Uevents::listen().unwrap();
        for (state, status) in [
            (12, "Charging"),
            (10, "Not charging"),
            (13, "Unknown"),
            (11, "Discharging"),
        ] {
            order(state);
            assert_eq!(read(name, "status").as_deref(), Ok(status));
            // Others come, too: of its registration, say.
            let told = |event: &Uevent| event.variable("POWER_SUPPLY_STATUS") == Some(status);
            let mut next = || events.next_of(&format!("/{name}0"), LATE).unwrap().unwrap();
            while !told(&next()) {}
        }
        drop(module);
        drop(firmware);
    }
}

#[test]
fn firmware_that_lies_is_an_error() {
    for (name, load) in DRIVERS {
        let firmware = load_named("cell_firmware", &[]).unwrap();
        let module = load(&[]).unwrap();
        order(1);
        assert_eq!(read(name, "status").as_deref(), Ok("Discharging"));
        assert_eq!(read(name, "energy_now"), Err(EPROTO));
        assert_eq!(read(name, "capacity"), Err(EPROTO));
        order(2);
        assert_eq!(read(name, "status"), Err(EPROTO));
        assert_eq!(read(name, "voltage_now"), Err(EPROTO));
        order(3);
        assert_eq!(read(name, "power_now"), Err(ENODATA));
        assert_eq!(read(name, "status"), Err(ENODATA));
        order(4);
        assert_eq!(read(name, "energy_now"), Err(EPROTO));
        order(0);
        assert_eq!(read(name, "energy_now").as_deref(), Ok("30000000"));
        drop(module);
        drop(firmware);
    }
}
