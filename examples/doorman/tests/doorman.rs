// SPDX-License-Identifier: GPL-2.0-only
//! Who is on the list does not get in, with the module and with its twin.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Loaded, errno, load, load_twin};

const EACCES: i32 = 13;
const EINVAL: i32 = 22;
const ENOSPC: i32 = 28;

/// Puts a user on the list, or takes that one off.
fn write(name: &str, text: &str) -> Result<(), i32> {
    let list = OpenOptions::new().write(true).open(format!("/proc/{name}"));
    errno(list.unwrap().write_all(text.as_bytes()))
}

fn list(name: &str) -> String {
    fs::read_to_string(format!("/proc/{name}")).unwrap()
}

/// As root.
fn enter(name: &str) -> Result<(), i32> {
    errno(File::open(format!("/dev/{name}")).map(drop))
}

fn sides() -> [(&'static str, Loaded); 2] {
    [
        ("doorman", load(&[]).unwrap()),
        ("doorman_c", load_twin(&[]).unwrap()),
    ]
}

#[test]
fn who_is_on_the_list_does_not_get_in() {
    for (name, _module) in sides() {
        enter(name).unwrap();
        for uid in ["1000", "0", "7"] {
            write(name, uid).unwrap();
        }
        assert_eq!(list(name), "1000\n0\n7\n", "{name}");
        assert_eq!(enter(name), Err(EACCES), "{name}");
        write(name, "0").unwrap();
        assert_eq!(list(name), "1000\n7\n", "{name}");
        enter(name).unwrap();
    }
}

#[test]
fn what_is_no_user_is_refused_and_the_list_ends() {
    for (name, _module) in sides() {
        assert_eq!(write(name, "root"), Err(EINVAL), "{name}");
        for uid in 1..=16 {
            write(name, &uid.to_string()).unwrap();
        }
        assert_eq!(write(name, "17"), Err(ENOSPC), "{name}");
        write(name, "16").unwrap();
        write(name, "17").unwrap();
    }
}

/// Whoever is on it all the time is never let in, whatever else is changed.
#[test]
fn the_list_is_whole_while_it_changes() {
    for (name, _module) in sides() {
        write(name, "0").unwrap();
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    assert_eq!(enter(name), Err(EACCES), "{name}");
                }
            });
            for uid in (1..=4).cycle().take(8) {
                write(name, &uid.to_string()).unwrap();
            }
            done.store(true, Ordering::Relaxed);
        });
        assert_eq!(list(name), "0\n", "{name}");
    }
}
