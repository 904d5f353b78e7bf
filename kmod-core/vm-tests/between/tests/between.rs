// SPDX-License-Identifier: GPL-2.0-only
//! Three modules, one of which stands between two others.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{errno, load, load_named, modinfo, param_of, rounds, sysctl};

const ENOENT: i32 = 2;
const EAGAIN: i32 = 11;
const ENOMEM: i32 = 12;

#[test]
fn who_needs_whom_is_in_the_modules() {
    let depends = |name| modinfo(name, "depends=").unwrap();
    assert_eq!(
        depends("vm_between"),
        ["depends=vm_provider".to_owned()].into()
    );
    assert_eq!(
        depends("vm_consumer"),
        ["depends=vm_between".to_owned()].into()
    );
}

#[test]
fn a_module_whose_symbols_nobody_has_is_not_loaded() {
    assert_eq!(errno(load(&[])).err(), Some(ENOENT));
    assert_eq!(errno(load_named("vm_consumer", &[])).err(), Some(ENOENT));
}

#[test]
fn each_calls_the_next_and_holds_it() {
    let provider = load_named("vm_provider", &[]).unwrap();
    let between = load(&[]).unwrap();
    assert_eq!(sysctl("vm_between/twice").unwrap(), "42");
    let consumer = load_named("vm_consumer", &[]).unwrap();
    assert_eq!(param_of("vm_consumer", "sum").unwrap(), "42");
    assert_eq!(param_of("vm_consumer", "hidden").unwrap(), "8");
    assert_eq!(sysctl("vm_between/calls").unwrap(), "2");
    for held in [&provider, &between] {
        assert_eq!(errno(held.try_unload()), Err(EAGAIN), "{}", held.name());
    }
    for module in [consumer, between, provider] {
        drop(module);
    }
}

#[test]
fn a_module_that_fails_lets_go_of_the_one_before() {
    let provider = load_named("vm_provider", &[]).unwrap();
    assert_eq!(errno(load(&["fail=1"])).err(), Some(ENOMEM));
    drop(provider);
}

/// Nobody is called before its `init` has ended well, nor while it goes: the kernel has who comes wait, or go
/// without.
#[test]
fn one_comes_while_the_other_comes_and_goes() {
    let provider = load_named("vm_provider", &[]).unwrap();
    let end = AtomicBool::new(false);
    let met = thread::scope(|scope| {
        let consumers = scope.spawn(|| {
            let mut met = 0;
            while !end.load(Ordering::Relaxed) || met == 0 {
                if let Ok(consumer) = load_named("vm_consumer", &[]) {
                    assert_eq!(param_of("vm_consumer", "sum").unwrap(), "42");
                    drop(consumer);
                    met += 1;
                }
            }
            met
        });
        let mut turn = 0;
        while turn < rounds(20) {
            let failing = turn % 3 == 0;
            let loaded = load(if failing { &["fail=1"] } else { &[] });
            assert_eq!(loaded.is_err(), failing);
            let Ok(mut module) = loaded else {
                turn += 1;
                continue;
            };
            // Until nobody uses it.
            while let Err((still, error)) = module.unload() {
                assert_eq!(error.raw_os_error(), Some(EAGAIN));
                module = still;
            }
            turn += 1;
        }
        end.store(true, Ordering::Relaxed);
        // One that is there lets the other come once, at least.
        let last = load(&[]).unwrap();
        let met = consumers.join().unwrap();
        drop(last);
        met
    });
    assert!(met > 0);
    drop(provider);
}
