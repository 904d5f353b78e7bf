// SPDX-License-Identifier: GPL-2.0-only
//! Rolling the die.

use std::collections::BTreeSet;

use kmod_test::{load, set_sysctl, sysctl};

const EINVAL: i32 = 22;

fn roll() -> u32 {
    sysctl("dice/roll").unwrap().parse().unwrap()
}

#[test]
fn every_side_comes_up_and_no_other() {
    let _module = load(&[]).unwrap();
    // One side in six is missing from 500 rolls once in 10^38 tries.
    let sides: BTreeSet<u32> = (0..500).map(|_| roll()).collect();
    assert!(sides.iter().copied().eq(1..=6), "{sides:?}");
}

#[test]
fn the_sides_may_be_changed() {
    let _module = load(&[]).unwrap();
    assert_eq!(sysctl("dice/sides").unwrap(), "6");
    set_sysctl("dice/sides", "2\n").unwrap();
    assert!((0..100).all(|_| (1..=2).contains(&roll())));
    for wrong in ["1", "101", "-6", "six"] {
        let error = set_sysctl("dice/sides", wrong).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(EINVAL), "{wrong}");
    }
    assert_eq!(sysctl("dice/sides").unwrap(), "2");
}

#[test]
fn the_die_may_be_shaken() {
    let _module = load(&[]).unwrap();
    set_sysctl("dice/roll", "with both hands").unwrap();
    assert!((1..=6).contains(&roll()));
}

#[test]
fn the_last_rolls_are_remembered() {
    let _module = load(&[]).unwrap();
    assert_eq!(sysctl("dice/last").unwrap(), "0\t0\t0\t0");
    let mut rolls: Vec<String> = (0..6).map(|_| roll().to_string()).collect();
    rolls.reverse();
    assert_eq!(sysctl("dice/last").unwrap(), rolls[..4].join("\t"));
    assert!(set_sysctl("dice/last", "6 6 6 6").is_err());
    // Another die.
    set_sysctl("dice/sides", "2").unwrap();
    assert_eq!(sysctl("dice/last").unwrap(), "0\t0\t0\t0");
}
