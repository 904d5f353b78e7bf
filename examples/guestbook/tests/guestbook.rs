// SPDX-License-Identifier: GPL-2.0-only
//! All windows show the same state, of the module and of its twin.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use kmod_test::events::poll;
use kmod_test::{LATE, Loaded, errno, load, load_twin};

const EACCES: i32 = 13;

fn sides() -> [(&'static str, Loaded); 2] {
    [
        ("guestbook", load(&[]).unwrap()),
        ("guestbook_c", load_twin(&[]).unwrap()),
    ]
}

/// One `write(2)`.
fn put(path: &str, text: &str) -> Result<(), i32> {
    let file = errno(OpenOptions::new().write(true).open(path))?;
    errno((&file).write_all(text.as_bytes()))
}

fn sign(name: &str, guest: &str) -> Result<(), i32> {
    put(&format!("/dev/{name}"), guest)
}

fn read(path: String) -> String {
    fs::read_to_string(path).unwrap()
}

/// All windows: the rows, the count, the last name, who was refused.
fn seen(name: &str) -> [String; 4] {
    [
        read(format!("/proc/{name}")),
        read(format!("/sys/class/misc/{name}/count")),
        read(format!("/sys/module/{name}/last")),
        read(format!("/sys/kernel/debug/{name}/refused")),
    ]
}

#[test]
fn each_window_shows_who_has_signed() {
    for (name, _module) in sides() {
        assert_eq!(seen(name), ["", "0\n", "", "0\n"], "{name}");
        sign(name, "Ada\n").unwrap();
        sign(name, "Grace").unwrap();
        let rows = "1 Ada\n2 Grace\n";
        assert_eq!(seen(name), [rows, "2\n", "Grace", "0\n"], "{name}");
    }
}

#[test]
fn who_may_not_sign_is_turned_away_and_counted() {
    for (name, _module) in sides() {
        let longest = format!("/proc/sys/{name}/longest");
        assert_eq!(sign(name, &"x".repeat(33)), Err(EACCES), "{name}");
        put(&longest, "4").unwrap();
        assert_eq!(sign(name, "Grace"), Err(EACCES), "{name}");
        assert!(put(&longest, "65").is_err(), "{name}");
        let closed = format!("/sys/class/misc/{name}/closed");
        put(&closed, "1").unwrap();
        assert_eq!(sign(name, "Ada"), Err(EACCES), "{name}");
        put(&closed, "0").unwrap();
        sign(name, "Ada").unwrap();
        assert_eq!(seen(name), ["1 Ada\n", "1\n", "Ada", "3\n"], "{name}");
    }
}

/// `POLLPRI`
const PRI: i16 = 2;

#[test]
fn who_polls_the_count_is_told() {
    for (name, _module) in sides() {
        let mut count = File::open(format!("/sys/class/misc/{name}/count")).unwrap();
        count.read_to_string(&mut String::new()).unwrap();
        assert_eq!(poll(&count, PRI, Duration::ZERO).unwrap(), 0, "{name}");
        sign(name, "Ada").unwrap();
        assert_ne!(poll(&count, PRI, LATE).unwrap() & PRI, 0, "{name}");
    }
}

#[test]
fn rows_are_whole_while_guests_come() {
    for (name, module) in sides() {
        thread::scope(|scope| {
            scope.spawn(|| {
                for guest in 0..300 {
                    sign(name, &format!("guest {guest}")).unwrap();
                }
            });
            for _ in 0..20 {
                for (at, row) in read(format!("/proc/{name}")).lines().enumerate() {
                    assert_eq!(row, format!("{} guest {at}", at + 1), "{name}");
                }
            }
        });
        drop(module);
    }
}
