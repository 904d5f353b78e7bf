// SPDX-License-Identifier: GPL-2.0-only
//! Has the module try each thing; it says in the log what failed.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::thread;

use kmod_test::{Kmsg, load, module_path, set_sysctl, sysctl};

fn has(what: &str) -> Vec<String> {
    let mut kmsg = Kmsg::mark().unwrap();
    let module = load(&[&format!("what={what}")]);
    let log = kmsg.lines().unwrap();
    assert!(module.is_ok(), "{:?}: {log:#?}", module.err());
    log
}

#[test]
fn boxes() {
    has("box");
}

#[test]
fn a_list_of_100_000_values_is_dropped() {
    has("list");
}

#[test]
fn memory_is_aligned() {
    has("align");
}

#[test]
fn vectors() {
    has("vec");
}

#[test]
fn more_than_kmalloc_has() {
    has("large");
}

#[test]
fn what_cannot_be_is_an_error() {
    has("refuse");
}

#[test]
fn text_and_c_strings() {
    let log = has("text");
    assert!(
        log.contains(&"vm_alloc: Zoë-1-\"b\" C text".to_owned()),
        "{log:#?}"
    );
}

#[test]
fn shared_owners() {
    has("arc");
}

#[test]
fn what_is_in_a_box_is_a_sysctl_too() {
    let _module = load(&[]).unwrap();
    assert_eq!(sysctl("vm_alloc/number").unwrap(), "7");
    set_sysctl("vm_alloc/number", "-5").unwrap();
    set_sysctl("vm_alloc/number", "101").unwrap_err();
    assert_eq!(sysctl("vm_alloc/number").unwrap(), "-5");
    assert_eq!(sysctl("vm_alloc/text").unwrap(), "text");
    set_sysctl("vm_alloc/text", "longer than it").unwrap();
    assert_eq!(sysctl("vm_alloc/text").unwrap(), "longer ");
}

/// Four threads write 500 times each.
fn contend(lock: &str) {
    let _module = load(&[]).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut file = OpenOptions::new()
                    .write(true)
                    .open(format!("/proc/sys/vm_alloc/{lock}"))
                    .unwrap();
                for _ in 0..500 {
                    file.write_all(b"+").unwrap();
                }
            });
        }
    });
    assert_eq!(sysctl(&format!("vm_alloc/{lock}")).unwrap(), "2000");
}

#[test]
fn a_mutex_lets_one_in() {
    contend("mutex");
}

#[test]
fn a_spinlock_lets_one_in() {
    contend("spinlock");
}

/// It is a function of the kernel's, or a few instructions of the kernel's headers: no call of ours
/// comes on top, unless lockdep's costs more anyway.
#[test]
fn a_spinlock_is_given_back_as_in_c() {
    let module = fs::read(module_path("vm_alloc")).unwrap();
    let has = |symbol: &[u8]| module.windows(symbol.len()).any(|bytes| bytes == symbol);
    assert!(has(b"kmod_alloc\0"), "helpers are not listed");
    // Elsewhere the helper is called.
    let is_set = |option| kmod_test::config(option).unwrap().is_some();
    if is_set("X86_64") && !is_set("DEBUG_LOCK_ALLOC") {
        assert!(!has(b"kmod_spin_unlock\0"));
    }
}
