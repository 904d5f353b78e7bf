// SPDX-License-Identifier: GPL-2.0-only
//! What is said where the kernel holds locks that printing takes comes to the log, and the machine goes on.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, OneProcessor, Over, errno, load, rounds, until};

const EINVAL: i32 = 22;

fn ask(what: &str, number: u32) {
    let file = format!("/sys/module/vm_deferred/parameters/{what}");
    fs::write(file, number.to_string()).unwrap();
}

/// How many messages with this end have come since, if something is done meanwhile.
fn come(log: &mut Kmsg, end: &str, number: usize, act: impl Fn()) {
    let mut come = 0;
    until(|| {
        act();
        let records = log.records().unwrap();
        let said = records.iter().filter(|record| record.text.ends_with(end));
        come += said.count();
        come >= number
    });
}

#[test]
fn a_probe_under_the_consoles_lock_is_logged() {
    let _one = OneProcessor::under_translation().unwrap();
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    ask("sends", 5);
    come(&mut log, " sends", 5, || {
        fs::write("/dev/ttyS0", "a line\n").unwrap();
    });
}

/// With one CPU no worker prints before the handler is done with all.
#[test]
fn what_finds_no_room_is_counted() {
    let _one = OneProcessor::under_translation().unwrap();
    let mut log = Kmsg::mark().unwrap();
    let _module = load(&[]).unwrap();
    // What `init` says has a place, too, until it is printed.
    log.until(|line| line.contains("a long text"));
    ask("burst", 100);
    ask("sends", 1);
    let (mut said, mut lost) = (0, 0);
    until(|| {
        fs::write("/dev/ttyS0", "a line\n").unwrap();
        for record in log.records().unwrap() {
            let left_out = record.text.strip_prefix("vm_deferred: ");
            let left_out =
                left_out.and_then(|text| text.strip_suffix(" deferred messages were left out"));
            said += u32::from(record.text.ends_with(" sends"));
            lost += left_out.map_or(0, |number| number.parse::<u32>().unwrap());
        }
        said + lost == 100
    });
    // A place is free only a moment after what was in it is in the log.
    assert!(said >= 63, "{said}, {lost}");
    if fs::read_to_string("/proc/cpuinfo")
        .unwrap()
        .contains("QEMU TCG")
    {
        assert!(said <= 64, "{said}, {lost}");
    }
}

#[test]
fn what_waits_is_printed_before_the_module_is_gone() {
    let mut log = Kmsg::mark().unwrap();
    for _ in 0..rounds(3) {
        drop(load(&[]).unwrap());
        let lines = log.lines().unwrap();
        let long = lines.iter().find(|line| line.contains("a long text"));
        let long = long.unwrap_or_else(|| panic!("{lines:#?}"));
        assert!(long.starts_with("vm_deferred: a long text, of "), "{long}");
        assert_eq!(long.len(), 252, "{long}");
        assert!(
            lines.iter().any(|line| line == "vm_deferred: goes"),
            "{lines:#?}"
        );
    }
}

/// There is nobody who would wait for the worker.
#[test]
fn what_is_said_before_the_module_is_there_is_printed_at_once() {
    let mut log = Kmsg::mark().unwrap();
    for (parameters, said) in [
        // Its function is asked, and then there is no module.
        (["sends=5000"].as_slice(), "asked for 5000"),
        (&["sends=7", "nothing=1", "burst=text"], "asked for 7"),
        (&["fails=1"], "a long text"),
    ] {
        assert_eq!(errno(load(parameters).map(drop)), Err(EINVAL));
        let lines = log.lines().unwrap();
        assert!(
            lines.iter().any(|line| line.contains(said)),
            "{said}: {lines:#?}"
        );
    }
}

#[test]
fn tasks_that_are_woken_are_logged_while_the_console_is_waited_for() {
    let _one = OneProcessor::under_translation().unwrap();
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let _over = Over(&over);
        for _ in 0..3 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    // Who reads this holds the console's semaphore.
                    fs::read("/proc/consoles").unwrap();
                    fs::write("/dev/kmsg", "<3>a message").unwrap();
                }
            });
        }
        ask("wakes", 300);
        come(&mut log, " wakes", 30, || {});
    });
}

#[test]
fn a_module_goes_while_much_is_said() {
    let _one = OneProcessor::under_translation().unwrap();
    for _ in 0..rounds(2) {
        let module = load(&[]).unwrap();
        ask("wakes", u32::MAX);
        for turn in 0..5 {
            fs::write("/dev/kmsg", format!("message {turn}")).unwrap();
            thread::yield_now();
        }
        drop(module);
    }
}
