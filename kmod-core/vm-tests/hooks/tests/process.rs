// SPDX-License-Identifier: GPL-2.0-only
//! A process that a module remembers is that one, also when it has ended.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command};
use std::{env, fs, process, thread};

use kmod_test::{errno, load};

const EPERM: i32 = 1;
const ESRCH: i32 = 3;
const ENODATA: i32 = 61;

const FILE: &str = "/proc/vm_hooks/process";

const USR1: i32 = 10;
const KILL: i32 = 9;

fn write(number: i64) -> Result<(), i32> {
    errno(fs::write(FILE, number.to_string()))
}

fn send(signal: i32) -> Result<(), i32> {
    write(-i64::from(signal))
}

fn shown() -> String {
    fs::read_to_string(FILE).unwrap().trim().to_owned()
}

/// What [`child`] runs: it ends by signals only.
#[test]
fn waits_where_it_is_a_child() {
    while env::var_os("VM_HOOKS_CHILD").is_some() {
        thread::park();
    }
}

fn child() -> Child {
    Command::new("/proc/self/exe")
        .args(["--exact", "waits_where_it_is_a_child"])
        .env("VM_HOOKS_CHILD", "1")
        .spawn()
        .unwrap()
}

#[test]
fn signals_reach_the_process_and_no_other() {
    let module = load(&[]).unwrap();
    assert_eq!(send(KILL), Err(ENODATA));
    assert_eq!(write(i64::from(i32::MAX)), Err(ESRCH));
    write(0).unwrap();
    assert_eq!(shown(), process::id().to_string());
    for signal in [USR1, KILL] {
        let mut child = child();
        write(i64::from(child.id())).unwrap();
        assert_eq!(shown(), child.id().to_string());
        send(signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal));
        assert_eq!(send(signal), Err(ESRCH));
    }
    // What an ended process leaves is held until the module goes.
    drop(module);
}

#[test]
fn the_first_process_is_let_alone() {
    let _module = load(&[]).unwrap();
    write(1).unwrap();
    assert_eq!(send(USR1), Err(EPERM));
    assert_eq!(send(KILL), Err(EPERM));
}
