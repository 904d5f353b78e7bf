// SPDX-License-Identifier: GPL-2.0-only
//! Files of a device of a class in sysfs: there when user space hears of it, and answering as C's; they go
//! with it.

mod support;
mod values;

use std::fs::{self, File};
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kmod_test::events::poll;
use kmod_test::{LATE, Parity, Uevents, errno, load, load_twin, until};
use support::{same_at_every_offset, write};
use values::same_as_in_c;

const E2BIG: i32 = 7;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

const DRIVER: &str = "/sys/bus/platform/drivers/vm_windows_node";

/// The files of the misc devices, ours and the twin's.
fn both(name: &str) -> [String; 2] {
    ["vm_windows", "vm_windows_c"].map(|device| format!("/sys/class/misc/{device}/{name}"))
}

/// What they are called.
const NAMES: [&str; 11] = [
    "u32",
    "i64",
    "bool",
    "bass",
    "fixed",
    "page",
    "text",
    "sink",
    "broken",
    "limits/low",
    "more/more",
];

#[test]
fn what_is_written_and_what_is_shown_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in NAMES {
        same_as_in_c(&mut parity, name, &both(name));
    }
    for lines in [1, 3000] {
        for path in both("u32") {
            write(&path, format!("{lines}").as_bytes()).unwrap();
        }
        same_at_every_offset(&mut parity, &format!("{lines} lines"), &both("page"));
    }
    parity.case(
        "what is in the folder",
        ["vm_windows", "vm_windows_c"].map(|device| {
            let folder = fs::read_dir(format!("/sys/class/misc/{device}")).unwrap();
            let mut names: Vec<_> = folder.map(|entry| entry.unwrap().file_name()).collect();
            names.retain(|name| name != "level");
            names.sort();
            names
        }),
    );
    parity.end();
}

#[test]
fn they_are_there_when_user_space_hears_of_the_device() {
    let mut events = Uevents::listen().unwrap();
    for _ in 0..5 {
        let listener = thread::spawn(move || {
            let mut seen = Vec::new();
            // The class of the second one has an event, too.
            for (device, name) in [
                ("misc/vm_windows", "limits/low"),
                ("vm_windows_chr/vm_windows_chr", "row"),
                ("vm_windows_card0", "u32"),
            ] {
                let event = events.next_of(device, LATE).unwrap().unwrap();
                let folder = format!("/sys{}", event.path);
                let text = fs::read_to_string(format!("{folder}/{name}"));
                assert!(text.is_ok(), "{folder}/{name}: {text:?}");
                seen.push(event.action);
            }
            (seen, events)
        });
        let module = load(&[]).unwrap();
        let (seen, back) = listener.join().unwrap();
        assert_eq!(seen, ["add"; 3]);
        events = back;
        drop(module);
        // Those of its end.
        while events
            .next_of("", Duration::from_millis(20))
            .unwrap()
            .is_some()
        {}
    }
}

#[test]
fn what_a_driver_tells_is_heard() {
    let _module = load(&[]).unwrap();
    let mut events = Uevents::listen().unwrap();
    let tell = format!("{DRIVER}/vm_windows_node.1/tell");
    let mut heard = |text: &str| {
        assert_eq!(write(&tell, text.as_bytes()), Ok(text.len()), "{text:?}");
        let event = events.next_of("vm_windows_node.1", LATE).unwrap().unwrap();
        assert_eq!(event.action, "change");
        assert_eq!(event.path, "/devices/platform/vm_windows_node.1");
        assert_eq!(event.variable("DRIVER"), Some("vm_windows_node"));
        let own = event.variables.into_iter();
        let own = own.filter(|(name, _)| name.starts_with("OWN"));
        own.map(|(_, value)| value).collect::<Vec<_>>()
    };
    assert_eq!(heard("OWN=1"), ["1"]);
    assert_eq!(heard("OWN_B=\nOWN_A=x=y"), ["", "x=y"]);
    let many: String = (0..16).map(|n| format!("OWN{n}={n}\n")).collect();
    assert_eq!(heard(&many).len(), 16);
    assert_eq!(heard(&format!("OWN={}", "x".repeat(1019))).len(), 1);
    for (text, error) in [
        (format!("{many}OWN=1"), E2BIG),
        (format!("OWN={}", "x".repeat(1020)), E2BIG),
        ("=1".to_owned(), EINVAL),
    ] {
        assert_eq!(write(&tell, text.as_bytes()), Err(error), "{text:?}");
    }
    assert_eq!(
        events
            .next_of("vm_windows_node", Duration::from_millis(50))
            .unwrap(),
        None
    );
}

#[test]
fn what_is_not_visible_is_not_there() {
    let _module = load(&[]).unwrap();
    assert!(fs::exists("/sys/class/misc/vm_windows_card0/first").unwrap());
    assert!(!fs::exists("/sys/class/misc/vm_windows_card1/first").unwrap());
}

/// `POLLPRI`, and `POLLERR`, which comes with it.
const PRI: i16 = 2;
const ERR: i16 = 8;

#[test]
fn who_polls_is_told_of_changes() {
    let module = load(&[]).unwrap();
    let mut file = File::open(&both("level")[0]).unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(poll(&file, PRI, Duration::ZERO).unwrap(), 0);
    // That one changes both.
    write("/sys/module/vm_windows/raise", b"1").unwrap();
    assert_eq!(poll(&file, PRI, LATE).unwrap(), PRI | ERR);
    drop(module);
    assert_eq!(errno(file.read(&mut [0; 8])), Err(ENODEV));
}

#[test]
fn they_go_with_the_device_they_are_of() {
    let _module = load(&[]).unwrap();
    let path = "/sys/class/misc/vm_windows_card1/u32";
    let mut file = File::open(path).unwrap();
    assert_eq!(write(path, b"7"), Ok(1));
    let other = fs::read_to_string("/sys/class/misc/vm_windows_card0/u32").unwrap();
    assert_eq!(other, "0\n");
    fs::write(format!("{DRIVER}/unbind"), "vm_windows_node.1").unwrap();
    assert_eq!(errno(file.read(&mut [0; 8])), Err(ENODEV));
    assert!(!fs::exists(path).unwrap());
    fs::write(format!("{DRIVER}/bind"), "vm_windows_node.1").unwrap();
    assert_eq!(fs::read_to_string(path).unwrap(), "0\n");
}

#[test]
fn a_handler_that_sleeps_ends_when_its_device_goes() {
    let _module = load(&[]).unwrap();
    let path = "/sys/class/misc/vm_windows_card1/sleeping";
    let reader = thread::spawn(move || errno(fs::read(path)));
    until(|| fs::read_to_string("/proc/vm_windows/i64").unwrap() != "0\n");
    fs::write(format!("{DRIVER}/unbind"), "vm_windows_node.1").unwrap();
    assert_eq!(reader.join().unwrap(), Err(ENODEV));
}

#[test]
fn they_go_under_readers_and_writers() {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for path in [
            both("page")[0].clone(),
            both("text")[0].clone(),
            "/sys/class/vm_windows_chr/vm_windows_chr/row".to_owned(),
            "/sys/class/misc/vm_windows_card1/u32".to_owned(),
        ] {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::read(&path);
                    let _ = write(&path, b"9 0 7");
                }
            });
        }
        for _ in 0..5 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                fs::write(format!("{DRIVER}/{how}"), "vm_windows_node.1").unwrap();
            }
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
}
