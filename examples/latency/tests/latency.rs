// SPDX-License-Identifier: GPL-2.0-only
//! Samples are taken while there is a period, by the module and by its twin.

use std::fs;
use std::thread;
use std::time::Duration;

use kmod_test::{Loaded, errno, load, load_twin, set_sysctl, until};

const EINVAL: i32 = 22;

fn samples(name: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{name}")).unwrap();
    let (samples, rest) = text.split_once(" samples, ").unwrap();
    assert!(rest.ends_with(" ns at most\n"), "{text}");
    samples.parse().unwrap()
}

fn period(name: &str, msecs: &str) -> Result<(), i32> {
    errno(set_sysctl(&format!("{name}/period"), msecs))
}

fn sides() -> [(&'static str, Loaded); 2] {
    [
        ("latency", load(&[]).unwrap()),
        ("latency_c", load_twin(&[]).unwrap()),
    ]
}

#[test]
fn samples_are_taken_while_there_is_a_period() {
    for (name, _module) in sides() {
        assert_eq!(samples(name), 0, "{name}");
        period(name, "1").unwrap();
        until(|| samples(name) > 5);
        period(name, "0").unwrap();
        // A handler that has read the period before may have armed the timer once more.
        until(|| {
            let before = samples(name);
            thread::sleep(Duration::from_millis(50));
            samples(name) == before
        });
    }
}

#[test]
fn a_period_is_at_most_a_minute() {
    for (name, _module) in sides() {
        assert_eq!(period(name, "60001"), Err(EINVAL), "{name}");
        period(name, "60000").unwrap();
    }
}

#[test]
fn it_is_unloaded_while_it_measures() {
    for _ in 0..10 {
        for (name, module) in sides() {
            period(name, "1").unwrap();
            until(|| samples(name) > 2);
            drop(module);
        }
    }
}
