// SPDX-License-Identifier: GPL-2.0-only
//! A chip that measures: its files are those of the twin's, and go while they are read.

mod support;

use std::fs;

use kmod_test::{Kmsg, Loaded, Parity, load, load_named};
use support::{after_unbind, files, goes_under_users, read, same_files, write};

const ENODEV: i32 = 19;

/// The folder of the chip whose device is this platform device.
fn folder(device: &str) -> String {
    let chips = format!("/sys/devices/platform/{device}/hwmon");
    let mut all = fs::read_dir(chips).unwrap();
    let only = all.next().unwrap().unwrap().path();
    only.to_str().unwrap().to_owned()
}

fn both() -> ([Loaded; 2], [String; 2]) {
    let modules = [
        load(&[]).unwrap(),
        load_named("vm_classes_hwmon", &[]).unwrap(),
    ];
    (modules, ["vm_classes", "vm_classes_hwmon"].map(folder))
}

#[test]
fn files_and_what_is_read_and_written_are_as_in_c() {
    let (_modules, folders) = both();
    let mut parity = Parity::default();
    same_files(&mut parity, "a chip", &folders, &["uevent"]);
    for (name, mode) in files(&folders[0]) {
        if mode & 0o222 == 0 || name == "uevent" {
            continue;
        }
        for input in [
            "0",
            "1",
            "255\n",
            "256",
            "-1",
            "200000",
            "-200000",
            "0x10",
            "",
            "x",
            "1 2",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
        ] {
            let of = format!("{name} <- {input:?}");
            let path = |folder: &String| format!("{folder}/{name}");
            parity.case(
                &of,
                folders.each_ref().map(|folder| write(&path(folder), input)),
            );
            parity.case(&of, folders.each_ref().map(|folder| read(&path(folder))));
            let power = |folder: &String| read(&format!("{folder}/power1_input"));
            parity.case(&of, folders.each_ref().map(power));
        }
    }
    parity.end();
}

#[test]
fn a_chip_has_what_was_declared() {
    let _module = load(&[]).unwrap();
    let folder = folder("vm_classes");
    let file = |name: &str| read(&format!("{folder}/{name}"));
    assert_eq!(file("name").unwrap(), "vm_classes\n");
    assert_eq!(file("temp1_label").unwrap(), "CPU\n");
    assert_eq!(file("temp1_input").unwrap(), "-1500\n");
    assert_eq!(file("in1_label").unwrap(), "3.3 V\n");
    // `is_visible` takes it away.
    assert!(file("temp1_crit").is_ok() && file("temp2_crit").is_err());
    // What the device's other objects know.
    write("/sys/class/leds/vm_classes:slow/brightness", "7").unwrap();
    let path = format!("{folder}/temp1_input");
    while read(&path).unwrap() != "-1493\n" {
        std::thread::yield_now();
    }
}

#[test]
fn an_open_file_does_not_keep_the_device() {
    let _module = load(&[]).unwrap();
    for name in ["temp1_input", "temp1_label", "name"] {
        let path = format!("{}/{name}", folder("vm_classes"));
        assert_eq!(after_unbind(&path), Err(ENODEV), "{name}");
    }
}

#[test]
fn it_goes_under_readers_and_writers() {
    let mut log = Kmsg::mark().unwrap();
    // Numbers of chips are given anew.
    let file = |name: &str| format!("/sys/class/hwmon/hwmon0/{name}");
    goes_under_users(&[
        (file("temp1_input"), vec![]),
        (file("temp1_label"), vec![]),
        (file("temp1_max"), vec!["1", "200000"]),
        (file("power1_reset_history"), vec!["1"]),
    ]);
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("Call Trace")),
        "{lines:?}"
    );
}
