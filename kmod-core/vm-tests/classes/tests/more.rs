// SPDX-License-Identifier: GPL-2.0-only
//! A backlight, a watchdog and a clock: each is to user space what the twin's is, and goes while it is used.

mod support;

use std::fs::{self, File, OpenOptions};
use std::io::Write;

use kmod_test::{IoctlMemory, Kmsg, Loaded, Parity, errno, load, load_named};
use support::{after_unbind, bind, goes_under_users, read, same_files, write};

const ENODEV: i32 = 19;
const ERANGE: i32 = 34;
const EAGAIN: i32 = 11;

const DEVICES: [&str; 2] = ["vm_classes", "vm_classes_more"];

fn both() -> [Loaded; 2] {
    [
        load(&[]).unwrap(),
        load_named("vm_classes_more", &[]).unwrap(),
    ]
}

/// The only device of a class below a platform device.
fn of_class(device: &str, class: &str) -> String {
    let all = fs::read_dir(format!("/sys/devices/platform/{device}/{class}")).unwrap();
    let mut paths = all.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    paths.find(|path| !path.contains("module")).unwrap()
}

fn folders(class: &str) -> [String; 2] {
    DEVICES.map(|device| of_class(device, class))
}

/// The node of a device in sysfs.
fn node(folder: &str) -> String {
    format!("/dev/{}", folder.rsplit('/').next().unwrap())
}

#[test]
fn a_backlight_is_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let folders = folders("backlight");
    same_files(&mut parity, "a backlight", &folders, &["uevent"]);
    for (file, input) in [
        ("brightness", "7"),
        ("brightness", "20"),
        ("brightness", "21"),
        ("brightness", "-1"),
        ("brightness", "13"),
        ("brightness", "14"),
        ("brightness", "x"),
        ("brightness", "5\n"),
        ("bl_power", "4"),
        ("brightness", "6"),
        ("bl_power", "0"),
        ("bl_power", "x"),
    ] {
        let of = format!("{file} <- {input:?}");
        parity.case(
            &of,
            folders
                .each_ref()
                .map(|folder| write(&format!("{folder}/{file}"), input)),
        );
        for file in ["brightness", "actual_brightness", "bl_power"] {
            parity.case(
                &of,
                folders
                    .each_ref()
                    .map(|folder| read(&format!("{folder}/{file}"))),
            );
        }
    }
    parity.end();
    let own = "/sys/devices/virtual/backlight/vm_classes_own";
    assert_eq!(read(&format!("{own}/brightness")).unwrap(), "3\n");
    assert_eq!(read(&format!("{own}/type")).unwrap(), "raw\n");
}

const KEEPALIVE: u32 = 0x8004_5705;
const SETTIMEOUT: u32 = 0xc004_5706;
const GETTIMEOUT: u32 = 0x8004_5707;
const GETTIMELEFT: u32 = 0x8004_570a;
const GETSUPPORT: u32 = 0x8028_5700;
const SETOPTIONS: u32 = 0x8004_5704;

fn open(node: &str) -> Result<File, i32> {
    errno(OpenOptions::new().read(true).write(true).open(node))
}

fn command(file: &File, cmd: u32, bytes: &[u8]) -> Result<(u32, Vec<u8>), i32> {
    let memory = IoctlMemory::new(bytes).unwrap();
    let status = errno(memory.ioctl(file, cmd))?;
    Ok((status, memory.bytes()))
}

fn calls() -> [String; 2] {
    let ours = read("/sys/module/vm_classes/calls").unwrap();
    let twin = read("/sys/module/vm_classes_more/parameters/calls").unwrap();
    [
        ours.trim_end_matches(',').to_owned(),
        twin.trim_end().to_owned(),
    ]
}

#[test]
fn a_watchdog_is_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let folders = folders("watchdog");
    let but = ["uevent", "dev"];
    same_files(&mut parity, "a watchdog", &folders, &but);
    let before = calls().map(|calls| {
        calls
            .split(',')
            .map(|n| n.parse().unwrap())
            .collect::<Vec<u32>>()
    });
    let since = || {
        let now = calls();
        [0, 1].map(|which: usize| {
            let counts = now[which].split(',').zip(&before[which]);
            let since = counts.map(|(now, before)| now.parse::<u32>().unwrap() - before);
            since.collect::<Vec<u32>>()
        })
    };
    let mut files = folders
        .each_ref()
        .map(|folder| open(&node(folder)).unwrap());
    parity.case("open", since());
    parity.case(
        "twice",
        folders.each_ref().map(|folder| open(&node(folder)).err()),
    );
    for (cmd, value) in [
        (GETTIMEOUT, 0),
        (KEEPALIVE, 0),
        (GETTIMELEFT, 0),
        (SETTIMEOUT, 9),
        (GETTIMEOUT, 0),
        (SETTIMEOUT, 1),
        (SETTIMEOUT, 601),
        (SETTIMEOUT, 13),
        (SETTIMEOUT, u32::MAX),
        (GETTIMELEFT, 0),
        (SETOPTIONS, 1),
        (SETOPTIONS, 2),
        (0x8004_57ff, 0),
    ] {
        let of = format!("{cmd:#x} {value}");
        let tell = |file: &File| command(file, cmd, &value.to_ne_bytes());
        parity.case(&of, files.each_ref().map(tell));
        parity.case(&of, since());
    }
    parity.case(
        "support",
        files
            .each_ref()
            .map(|file| command(file, GETSUPPORT, &[0; 40])),
    );
    for bytes in ["x", "", "V"] {
        parity.case(
            bytes,
            files
                .each_mut()
                .map(|file| errno(file.write(bytes.as_bytes()))),
        );
        parity.case(bytes, since());
    }
    same_files(&mut parity, "a watchdog that runs", &folders, &but);
    drop(files);
    parity.case("close", since());
    parity.end();
}

#[test]
fn a_watchdog_that_runs_is_stopped_when_it_goes_and_holds_the_module_while_open() {
    let module = load(&[]).unwrap();
    let stopped = || -> u32 {
        let calls = read("/sys/module/vm_classes/calls").unwrap();
        calls.split(',').nth(1).unwrap().parse().unwrap()
    };
    let mut file = open(&node(&of_class("vm_classes", "watchdog"))).unwrap();
    let before = stopped();
    bind("unbind").unwrap();
    assert_eq!(stopped(), before + 1);
    assert_eq!(errno(file.write(b"x")), Err(ENODEV));
    assert_eq!(command(&file, KEEPALIVE, &[0; 4]).err(), Some(ENODEV));
    assert_eq!(errno(module.try_unload()), Err(EAGAIN));
    drop(file);
    bind("bind").unwrap();
}

const RD_TIME: u32 = 0x8024_7009;
const SET_TIME: u32 = 0x4024_700a;

/// A `struct rtc_time`.
fn tm(fields: [i32; 6]) -> Vec<u8> {
    let fields = fields.into_iter().chain([0; 3]);
    fields.flat_map(i32::to_ne_bytes).collect()
}

#[test]
fn a_clock_is_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let folders = folders("rtc");
    let but = ["uevent", "dev", "name"];
    same_files(&mut parity, "a clock", &folders, &but);
    let files = folders
        .each_ref()
        .map(|folder| open(&node(folder)).unwrap());
    for time in [
        [0, 0, 12, 24, 11, 126],
        [59, 59, 23, 31, 11, 199],
        [0, 0, 0, 1, 0, 200],
        [0, 0, 0, 1, 0, 70],
        [0, 0, 0, 2, 0, 70],
        [0, 0, 0, 1, 0, 69],
        [13, 0, 0, 1, 0, 100],
        [0, 0, 0, 30, 1, 100],
        [60, 0, 0, 1, 0, 100],
        [0, 0, 0, 29, 1, 100],
        [0, 0, 0, 1, 12, 100],
        [-1, 0, 0, 1, 0, 100],
    ] {
        let of = format!("{time:?}");
        parity.case(
            &of,
            files
                .each_ref()
                .map(|file| command(file, SET_TIME, &tm(time))),
        );
        parity.case(
            &of,
            files
                .each_ref()
                .map(|file| command(file, RD_TIME, &[0; 36])),
        );
        for name in ["time", "date", "since_epoch"] {
            parity.case(
                &of,
                folders
                    .each_ref()
                    .map(|folder| read(&format!("{folder}/{name}"))),
            );
        }
    }
    parity.end();
}

#[test]
fn a_time_that_is_none_is_out_of_range() {
    let _module = load(&[]).unwrap();
    let now = "/sys/devices/platform/vm_classes/now";
    let file = open(&node(&of_class("vm_classes", "rtc"))).unwrap();
    for time in [i64::MAX, i64::MIN, 253_402_300_800] {
        write(now, &time.to_string()).unwrap();
        assert_eq!(
            command(&file, RD_TIME, &[0; 36]).err(),
            Some(ERANGE),
            "{time}"
        );
    }
    bind("unbind").unwrap();
    assert_eq!(command(&file, RD_TIME, &[0; 36]).err(), Some(ENODEV));
    drop(file);
    bind("bind").unwrap();
}

#[test]
fn an_open_file_does_not_keep_the_device() {
    let _module = load(&[]).unwrap();
    for (class, name) in [
        ("backlight", "actual_brightness"),
        ("rtc", "time"),
        ("watchdog", "timeout"),
    ] {
        let path = format!("{}/{name}", of_class("vm_classes", class));
        assert_eq!(after_unbind(&path), Err(ENODEV), "{name}");
    }
}

#[test]
fn they_go_under_readers_and_writers() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let paths = ["backlight", "watchdog", "rtc"].map(|class| of_class("vm_classes", class));
    drop(module);
    let [backlight, watchdog, rtc] = paths;
    goes_under_users(&[
        (format!("{backlight}/actual_brightness"), vec![]),
        (format!("{backlight}/brightness"), vec!["3", "13"]),
        (format!("{rtc}/time"), vec![]),
        (format!("{watchdog}/timeleft"), vec![]),
    ]);
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("Call Trace")),
        "{lines:?}"
    );
}
