// SPDX-License-Identifier: GPL-2.0-only
//! Handlers see at the kernel's tracepoints what those of the twin in C see; and whatever comes by while the module
//! goes, nothing breaks.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use kmod_test::{
    Kmsg, LATE, Loaded, OneProcessor, Over, Parity, load, load_twin, program, rounds, until,
};

const BOTH: [&str; 2] = ["vm_tracepoints", "vm_tracepoints_c"];

fn both() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

fn act(arguments: &[&str]) -> String {
    let output = program("act").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn seen(module: &str) -> String {
    fs::read_to_string(format!("/proc/{module}/seen")).unwrap()
}

/// What the twin shows, too.
fn common(module: &str) -> String {
    let text = seen(module);
    text.lines().take(4).collect::<Vec<_>>().join("\n")
}

fn count(module: &str, line: &str) -> u64 {
    let text = seen(module);
    let line = text.lines().find_map(|one| one.strip_prefix(line)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn both_see_the_same() {
    let _one = OneProcessor::under_translation().unwrap();
    let _both = both();
    let number = act(&["number"]);
    let mut parity = Parity::default();
    parity.case("at first", BOTH.map(common));
    act(&["signal"]);
    parity.case("a signal", BOTH.map(common));
    for module in BOTH {
        assert_eq!(count(module, "signals "), 2, "{module}");
        assert_eq!(count(module, "again "), 2, "{module}");
    }
    act(&["call", "10"]);
    parity.case("calls that are not watched", BOTH.map(common));
    for module in BOTH {
        assert_eq!(count(module, "calls "), 0, "{module}");
        fs::write(format!("/proc/{module}/call"), &number).unwrap();
    }
    act(&["call", "1000"]);
    for module in BOTH {
        fs::write(format!("/proc/{module}/call"), "0").unwrap();
    }
    parity.case("calls", BOTH.map(common));
    assert!(count("vm_tracepoints", "calls ") >= 1000);
    act(&["rename"]);
    parity.case("a task's name", BOTH.map(common));
    assert_eq!(count("vm_tracepoints", "renames "), 1);
    println!("{}", seen("vm_tracepoints"));
    parity.end();
}

#[test]
fn interrupts_come_by() {
    let _one = OneProcessor::under_translation().unwrap();
    let _module = load(&[]).unwrap();
    until(|| count("vm_tracepoints", "expired ") > 20);
}

/// Who prints what the handler has logged comes by the console, too.
#[test]
fn what_is_logged_is_not_logged_in_turn() {
    let _one = OneProcessor::under_translation().unwrap();
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    fs::write("/proc/vm_tracepoints/talks", "1000").unwrap();
    let (mut said, mut others) = (0, 0);
    let start = Instant::now();
    while said < 5 {
        assert!(start.elapsed() < LATE, "nobody logs it");
        fs::write("/dev/kmsg", "message").unwrap();
        thread::yield_now();
        for record in log.records().unwrap() {
            match record.text.contains("somebody logs") {
                true => said += 1,
                false => others += 1,
            }
        }
    }
    println!("{}", seen("vm_tracepoints"));
    // What the worker prints for others is not logged either, before 5.11.
    assert!(said <= others, "{said} of {others}");
}

#[test]
fn a_handler_is_not_called_from_within() {
    let _one = OneProcessor::under_translation().unwrap();
    let _module = load(&[]).unwrap();
    for (written, missed) in [("0", 0), ("3", 3), ("1000", 1003)] {
        let before = count("vm_tracepoints", "nested ");
        fs::write("/proc/vm_tracepoints/nest", written).unwrap();
        let [hits, not] = ["nested ", "missed "].map(|line| count("vm_tracepoints", line));
        println!("{written}: {hits} hits, {not} missed");
        // It is called for the first one, and again for those that come after.
        assert_eq!((hits - before, not), (1, missed));
    }
}

#[test]
fn a_module_goes_while_all_cpus_come_by() {
    let _one = OneProcessor::under_translation().unwrap();
    let number = act(&["number"]);
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let _over = Over(&over);
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    act(&["call", "2000"]);
                    act(&["signal", "50"]);
                }
            });
        }
        for _ in 0..rounds(8) {
            let both = both();
            for module in BOTH {
                fs::write(format!("/proc/{module}/call"), &number).unwrap();
            }
            until(|| {
                count("vm_tracepoints", "calls ") > 100 && count("vm_tracepoints", "signals ") > 0
            });
            for module in both {
                drop(module);
            }
        }
    });
}
