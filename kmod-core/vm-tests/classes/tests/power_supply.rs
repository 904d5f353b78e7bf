// SPDX-License-Identifier: GPL-2.0-only
//! Batteries and what charges them: each file is as the twin's, and they go while others ask them.

mod support;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, Parity, load, load_named, until};
use support::{after_unbind, bind, goes_under_users, read, same_files, write};

const ENODEV: i32 = 19;

const BATTERY: &str = "/sys/class/power_supply/vm_classes_bat";
const MAINS: &str = "/sys/class/power_supply/vm_classes_ac";
const TELLS: &str = "/sys/devices/platform/vm_classes/battery_tells";

/// Asks all supplies.
const SUPPLIED: &str = "/sys/module/vm_classes_battery/parameters/supplied";
/// Remembers a supply by its name, and asks it.
const HELD: &str = "/sys/module/vm_classes_battery/parameters/held";

#[test]
fn what_is_read_and_written_is_as_in_c() {
    let _modules = [
        load(&[]).unwrap(),
        load_named("vm_classes_battery", &[]).unwrap(),
    ];
    let folders = ["bat", "c_bat"].map(|end| format!("/sys/class/power_supply/vm_classes_{end}"));
    let mut parity = Parity::default();
    // A supply that is new has no values yet.
    until(|| {
        folders
            .iter()
            .all(|folder| read(&format!("{folder}/present")).is_ok())
    });
    same_files(&mut parity, "a battery", &folders, &[]);
    for (file, input) in [
        ("charge_control_end_threshold", "80"),
        ("charge_control_end_threshold", "80\n"),
        ("charge_control_end_threshold", "101"),
        ("charge_control_end_threshold", "-1"),
        ("charge_control_end_threshold", "13"),
        ("charge_control_end_threshold", "x"),
        ("charge_control_end_threshold", "4294967340"),
        ("charge_control_end_threshold", "14"),
        ("charge_control_end_threshold", "0"),
        ("status", "Full"),
        ("status", "Charging\n"),
        ("status", "Nonsense"),
        ("status", "99"),
        ("status", "Discharging"),
        ("capacity", "3"),
        ("present", "0"),
    ] {
        let of = format!("{file} <- {input:?}");
        let each = folders.each_ref();
        parity.case(
            &of,
            each.map(|folder| write(&format!("{folder}/{file}"), input)),
        );
        for file in ["status", "charge_control_end_threshold", "capacity"] {
            parity.case(&of, each.map(|folder| read(&format!("{folder}/{file}"))));
        }
        same_files(&mut parity, &of, &folders, &[]);
    }
    parity.end();
    assert_eq!(read(&format!("{MAINS}/type")).unwrap(), "Mains\n");
    assert_eq!(read(&format!("{MAINS}/online")).unwrap(), "0\n");
}

#[test]
fn a_change_has_the_kernel_ask() {
    let _module = load(&[]).unwrap();
    let reads = || read(TELLS).unwrap().trim().parse::<u32>().unwrap();
    for _ in 0..3 {
        let before = reads();
        write(TELLS, "1").unwrap();
        until(|| reads() > before);
    }
}

#[test]
fn an_open_file_does_not_keep_the_supply() {
    let _module = load(&[]).unwrap();
    assert_eq!(after_unbind(&format!("{BATTERY}/capacity")), Err(ENODEV));
}

#[test]
fn they_go_under_readers_and_those_who_ask_all() {
    let mut log = Kmsg::mark().unwrap();
    let _twin = load_named("vm_classes_battery", &[]).unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    read(SUPPLIED).unwrap();
                }
            });
        }
        goes_under_users(&[
            (format!("{BATTERY}/uevent"), vec![]),
            (
                format!("{BATTERY}/charge_control_end_threshold"),
                vec!["3", "13"],
            ),
            (format!("{MAINS}/online"), vec![]),
            (TELLS.to_owned(), vec!["1"]),
        ]);
        stop.store(true, Ordering::Relaxed);
    });
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("Call Trace")),
        "{lines:?}"
    );
}

#[test]
fn one_that_is_remembered_goes_when_it_is_forgotten() {
    let _twin = load_named("vm_classes_battery", &[]).unwrap();
    let module = load(&[]).unwrap();
    write(HELD, "vm_classes_ac").unwrap();
    assert_eq!(read(HELD).unwrap(), "0\n");
    let is_gone = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            bind("unbind").unwrap();
            is_gone.store(true, Ordering::Relaxed);
        });
        until(|| !Path::new(MAINS).exists());
        // The removal waits there: what was declared before it does not go yet.
        for _ in 0..2000 {
            assert_eq!(read(HELD).unwrap(), format!("{}\n", -ENODEV));
            assert!(Path::new(BATTERY).exists());
        }
        assert!(!is_gone.load(Ordering::Relaxed));
        write(HELD, " ").unwrap();
    });
    drop(module);
}
