// SPDX-License-Identifier: GPL-2.0-only
//! Samples are taken while there is a period.

use std::fs;
use std::thread;
use std::time::Duration;

use kmod_test::{errno, load, set_sysctl, until};

const EINVAL: i32 = 22;

fn samples() -> u64 {
    let text = fs::read_to_string("/proc/latency").unwrap();
    let (samples, rest) = text.split_once(" samples, ").unwrap();
    assert!(rest.ends_with(" ns at most\n"), "{text}");
    samples.parse().unwrap()
}

#[test]
fn samples_are_taken_while_there_is_a_period() {
    let _module = load(&[]).unwrap();
    assert_eq!(samples(), 0);
    set_sysctl("latency/period", "1").unwrap();
    until(|| samples() > 5);
    set_sysctl("latency/period", "0").unwrap();
    // A handler that has read the period before may have armed the timer once more.
    until(|| {
        let before = samples();
        thread::sleep(Duration::from_millis(50));
        samples() == before
    });
}

#[test]
fn a_period_is_at_most_a_minute() {
    let _module = load(&[]).unwrap();
    assert_eq!(errno(set_sysctl("latency/period", "60001")), Err(EINVAL));
    set_sysctl("latency/period", "60000").unwrap();
}

#[test]
fn it_is_unloaded_while_it_measures() {
    for _ in 0..10 {
        let module = load(&[]).unwrap();
        set_sysctl("latency/period", "1").unwrap();
        until(|| samples() > 2);
        module.unload().map_err(|(_, error)| error).unwrap();
    }
}
