// SPDX-License-Identifier: GPL-2.0-only
//! Locks that many use, and one that is held by who sleeps or ends. What a kernel with lockdep reports of
//! them fails these tests.

mod support;

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::thread::yield_now;

use kmod_test::{Kmsg, expect_bug, expect_report, load, set_param};

use support::{nested, write};

/// The signal of an Oops.
const SIGSEGV: i32 = 11;

#[test]
fn a_parameter_whose_lock_was_never_taken_is_freed() {
    drop(load(&[]).unwrap());
}

#[test]
fn a_parameter_that_was_written_is_freed() {
    let _module = load(&[]).unwrap();
    set_param("text", "written").unwrap();
}

/// Where a timer's handler is a thread's, it may begin, and waits for the lock then.
#[test]
fn a_timer_does_not_interrupt_who_holds_a_lock_of_its_context() {
    let version = fs::read_to_string("/proc/version").unwrap();
    let _module = load(&[]).unwrap();
    let begun = nested(8);
    if !version.contains(" PREEMPT_RT ") {
        assert_eq!(begun, "0");
    }
}

/// Several processes, and a timer that reads meanwhile.
#[test]
fn what_many_use_at_once_is_whole() {
    let _module = load(&[]).unwrap();
    assert_eq!(nested(10), "0");
    let mut users = [9; 4].map(write);
    for user in &mut users {
        assert!(user.wait().unwrap().success());
    }
    assert_eq!(nested(10), "8000");
}

/// Two processes replace values, others read them, nested and asleep, and so does a timer.
#[test]
fn what_is_replaced_stays_until_its_readers_have_left() {
    let _module = load(&[]).unwrap();
    assert_eq!(nested(13), "0");
    let mut users = [12, 11, 12, 11].map(write);
    for user in &mut users {
        assert!(user.wait().unwrap().success());
    }
    assert_eq!(nested(13), "20");
}

/// It leaves with its task, but where readers are counted, since RCU does not see who sleeps. Then its value
/// is never freed, and the module says nothing more.
#[test]
fn a_reader_that_panics_holds_nobody_up() {
    let symbols = fs::read_to_string("/proc/kallsyms").unwrap();
    if !symbols.contains(" __rcu_read_lock\n") {
        return;
    }
    expect_bug().unwrap();
    // Its task ends as a reader, which a kernel reports that looks at who sleeps where.
    expect_report("sleeping function called from invalid context").unwrap();
    expect_report("lockdep is turned off").unwrap();
    let _module = load(&[]).unwrap();
    let status = write(14).wait().unwrap();
    assert_eq!(status.signal(), Some(SIGSEGV), "{status}");
    assert!(write(15).wait().unwrap().success());
}

/// What counts it stays, and nothing else.
#[test]
fn a_sleepable_reader_that_panics_does_not_keep_the_value() {
    expect_bug().unwrap();
    expect_report("cleanup_srcu_struct").unwrap();
    let _module = load(&[]).unwrap();
    let status = write(16).wait().unwrap();
    assert_eq!(status.signal(), Some(SIGSEGV), "{status}");
    assert_eq!(nested(1), "1");
}

/// With several processors the second one would spin until the first is done: it is not tried.
#[test]
fn where_locks_shut_nobody_out_a_held_one_is_not_given_away() {
    let version = fs::read_to_string("/proc/version").unwrap();
    if version.contains(" SMP ") || version.contains(" PREEMPT_RT ") {
        return;
    }
    expect_bug().unwrap();
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let mut sleeper = write(5);
    let stat = format!("/proc/{}/stat", sleeper.id());
    while !fs::read_to_string(&stat).unwrap().contains(") S ") {
        yield_now();
    }
    let status = write(6).wait().unwrap();
    assert_eq!(status.signal(), Some(SIGSEGV), "{status}");
    let lines = log.lines().unwrap();
    let said = lines.iter().find(|line| line.starts_with("vm_locks: "));
    assert_eq!(
        said.map(String::as_str),
        Some(
            "vm_locks: a SpinLock is taken while it is held: its holder sleeps, has panicked, or \
             takes it again"
        )
    );
    assert!(write(7).wait().unwrap().success());
    assert!(sleeper.wait().unwrap().success());
    assert!(write(6).wait().unwrap().success(), "it is free again");
}
