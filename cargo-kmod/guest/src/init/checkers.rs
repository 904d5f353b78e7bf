// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's checkers that have to be asked: kmemleak scans when it is told to, and lockdep is
//! silent after its first report.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use kmod_test::wire::{Event, FAULTS, Status};

use crate::report::Report;

/// Where kmemleak is told to scan, and tells what it found.
const KMEMLEAK: &str = "/sys/kernel/debug/kmemleak";

/// kmemleak passes over what was allocated in the last five seconds.
const YOUNG: Duration = Duration::from_secs(6);

/// What the kernel itself forgets when something fails, whoever asks: a function of it, and what it forgets.
const KERNELS_OWN: &[(&str, &str)] = &[(
    "__class_register+",
    "up to 6.1: the name of a class that cannot be registered",
)];

/// More of what it found is not told.
const LINES: usize = 200;

/// Whether lockdep is there and does not watch any more.
pub fn lockdep_is_off() -> bool {
    let stats = fs::read_to_string("/proc/lockdep_stats").unwrap_or_default();
    let state = stats
        .lines()
        .find_map(|line| line.trim().strip_prefix("debug_locks:"));
    state.is_some_and(|state| state.trim() == "0")
}

/// Has kmemleak look for what nothing refers to. The kernel's log says if there is something, its
/// descriptions are the output.
pub fn kmemleak(report: &mut Report) -> io::Result<Status> {
    if !Path::new(KMEMLEAK).exists() {
        return Ok(Status::Error(format!("kmemleak: no {KMEMLEAK}")));
    }
    thread::sleep(YOUNG);
    // The first scan only takes checksums of what it does not find: what has changed until the next
    // one is in use.
    let with_faults = std::env::var_os(FAULTS).is_some();
    if with_faults {
        // What it says of all is judged one by one below.
        kmod_test::expect_report("kmemleak: ")?;
    }
    for _ in 0..2 {
        fs::write(KMEMLEAK, "scan")?;
    }
    let found = fs::read_to_string(KMEMLEAK)?;
    if with_faults {
        return leaks(&found, report);
    }
    for line in found.lines().take(LINES) {
        report.send(&Event::Out(line.to_owned()))?;
    }
    Ok(Status::Code(0))
}

/// Complains of each leak but those of the kernel's own.
fn leaks(found: &str, report: &mut Report) -> io::Result<Status> {
    for leak in found.split("unreferenced object ").skip(1) {
        let own = KERNELS_OWN
            .iter()
            .find(|(function, _)| leak.contains(function));
        let mut lines = leak.lines();
        let first = lines.next().unwrap_or_default();
        report.send(&match own {
            Some((_, what)) => Event::Out(format!("the kernel's own leak: {first} {what}")),
            None => Event::Complaint(format!("a leak: {first}")),
        })?;
        for line in lines.take_while(|_| own.is_none()).take(LINES) {
            report.send(&Event::Out(line.to_owned()))?;
        }
    }
    Ok(Status::Code(0))
}
