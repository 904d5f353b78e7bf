// SPDX-License-Identifier: GPL-2.0-only
//! What is opened is counted, and who comes and goes is told.

use std::fs::{self, File};

use kmod_test::{Kmsg, errno, load, mount, takes_probes};

const EINVAL: i32 = 22;

/// Whether this kernel probes no function where it begins, as a field of the module does.
fn is_refused() -> bool {
    let is_refused = !takes_probes().unwrap();
    if is_refused {
        println!("this kernel takes no probes where functions begin");
        assert_eq!(errno(load(&[]).map(drop)), Err(EINVAL));
    }
    is_refused
}

/// The number in the line of the report that begins so.
fn count(name: &str) -> u64 {
    let report = fs::read_to_string("/proc/watch").unwrap();
    let line = report.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap().trim().parse().unwrap()
}

#[test]
fn files_that_are_opened_are_counted() {
    if is_refused() {
        return;
    }
    let _module = load(&[]).unwrap();
    let before = (count("opened"), count("failed"));
    for _ in 0..10 {
        File::open("/proc/version").unwrap();
        File::open("/nowhere").unwrap_err();
    }
    assert!(count("opened") >= before.0 + 10);
    assert!(count("failed") >= before.1 + 10);
}

#[test]
fn it_hears_of_itself() {
    if is_refused() {
        return;
    }
    let mut log = Kmsg::mark().unwrap();
    let _module = load(&[]).unwrap();
    let lines = log.lines().unwrap();
    assert!(
        lines
            .iter()
            .any(|line| line.contains("module watch is there")),
        "{lines:?}"
    );
}

#[test]
fn failures_are_logged_when_that_is_asked_for() {
    if is_refused() {
        return;
    }
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    fs::write("/proc/dynamic_debug/control", "module watch +p").unwrap();
    File::open("/nowhere").unwrap_err();
    fs::write("/proc/dynamic_debug/control", "module watch -p").unwrap();
    let lines = log.lines().unwrap();
    assert!(
        lines.iter().any(|line| line.contains("gets -2")),
        "{lines:?}"
    );
}

#[test]
fn failures_are_traced() {
    if is_refused() {
        return;
    }
    let _module = load(&[]).unwrap();
    let tracing = mount("tracefs").unwrap();
    // To know the names of all tasks, the kernel would patch its scheduler.
    fs::write(tracing.join("options/record-cmd"), "0").unwrap();
    let switch = |on: &str| fs::write(tracing.join("events/watch/watch_failed/enable"), on);
    fs::write(
        tracing.join("events/watch/watch_failed/filter"),
        "error == -2",
    )
    .unwrap();
    switch("1").unwrap();
    File::open("/nowhere").unwrap_err();
    switch("0").unwrap();
    let trace = fs::read_to_string(tracing.join("trace")).unwrap();
    assert!(trace.contains("watch_failed: by="), "{trace}");
    assert!(trace.contains(" error=-2\n"), "{trace}");
}
