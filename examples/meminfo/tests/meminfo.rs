// SPDX-License-Identifier: GPL-2.0-only
//! What the module says is what the kernel says elsewhere.

use std::fs;

use kmod_test::{Kmsg, load, sysctl};

fn kib(name: &str) -> u64 {
    sysctl(&format!("meminfo/{name}")).unwrap().parse().unwrap()
}

/// A line of /proc/meminfo.
fn proc_kib(name: &str) -> u64 {
    let text = fs::read_to_string("/proc/meminfo").unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.unwrap().trim_start_matches(':').trim();
    number.strip_suffix(" kB").unwrap().parse().unwrap()
}

#[test]
fn the_total_is_that_of_proc() {
    let _module = load(&[]).unwrap();
    assert_eq!(kib("total"), proc_kib("MemTotal"));
    let free = kib("free");
    assert!(free > 0 && free < kib("total"), "{free}");
}

#[test]
fn a_file_in_memory_is_counted() {
    let _module = load(&[]).unwrap();
    let before = kib("files");
    let file = std::env::temp_dir().join("large");
    fs::write(&file, vec![1; 16 << 20]).unwrap();
    let after = kib("files");
    fs::remove_file(&file).unwrap();
    // The kernel's processors keep a few pages of the count to themselves.
    assert!(after >= before + (12 << 10), "{before} {after}");
}

/// Has the kernel look for a process to kill, and waits until a worker of its own has found none.
fn run_out_of_memory() {
    let mut log = Kmsg::mark().unwrap();
    fs::write("/proc/self/oom_score_adj", "-1000").unwrap();
    fs::write("/proc/sysrq-trigger", "f").unwrap();
    log.until(|line| line.contains("OOM request ignored"));
}

#[test]
fn a_shortage_reaches_the_module() {
    let module = load(&[]).unwrap();
    assert_eq!(sysctl("meminfo/shortages").unwrap(), "0");
    run_out_of_memory();
    assert_eq!(sysctl("meminfo/shortages").unwrap(), "1");
    drop(module);
    // Nothing of it is left in the kernel's chain.
    run_out_of_memory();
    let _module = load(&[]).unwrap();
    assert_eq!(sysctl("meminfo/shortages").unwrap(), "0");
}
