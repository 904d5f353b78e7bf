// SPDX-License-Identifier: GPL-2.0-only
//! Collections, at indices that are there and that are not.

use kmod_test::{errno, expect_report, load};

const ENOMEM: i32 = 12;

/// Tries it with each of these numbers of values, at each of these indices.
fn try_all(what: &str) {
    for n in ["0", "1", "2", "7", "100", "5000"] {
        for at in ["0", "1", "6", "100", "4999", "18446744073709551615"] {
            let params = [format!("{what}=1"), format!("n={n}"), format!("at={at}")];
            let params = params.each_ref().map(String::as_str);
            let module = load(&params).unwrap_or_else(|error| panic!("{params:?}: {error}"));
            module.unload().unwrap();
        }
    }
}

/// What no kernel has the memory for is an error.
fn too_many(what: &str) {
    for n in ["18446744073709551615", "1000000000000"] {
        let loaded = load(&[&format!("{what}=1"), &format!("n={n}")]);
        assert_eq!(errno(loaded.map(drop)), Err(ENOMEM), "{what} {n}");
    }
}

#[test]
fn rows() {
    try_all("vec");
    too_many("vec");
}

#[test]
fn queues_with_two_ends() {
    try_all("deque");
    too_many("deque");
}

#[test]
fn maps() {
    try_all("map");
}

#[test]
fn maps_in_no_order_and_numbers() {
    for (n, at) in [
        ("0", "0"),
        ("7", "6"),
        ("100", "18446744073709551615"),
        ("5000", "4999"),
    ] {
        let params = ["hash=1", &format!("n={n}"), &format!("at={at}")];
        let module = load(&params).unwrap_or_else(|error| panic!("{params:?}: {error}"));
        module.unload().unwrap();
    }
    too_many("hash");
}

/// What is counted on after the last one has left is reported, and does not come back.
#[test]
fn a_count_does_not_come_back() {
    expect_report("refcount_t: addition on 0").unwrap();
    expect_report("refcount_t: underflow").unwrap();
    expect_report("refcount_warn_saturate").unwrap();
    let module = load(&["revive=1"]).unwrap();
    module.unload().unwrap();
}

/// A number that nobody has is reported when it is given back.
#[test]
fn a_number_is_given_back_once() {
    expect_report("ida_free").unwrap();
    let module = load(&["twice=1"]).unwrap();
    module.unload().unwrap();
}

/// Neither the time nor the stack that it takes grows with the length.
#[test]
fn a_map_of_many() {
    let module = load(&["map=1", "n=100000", "at=77777"]).unwrap();
    module.unload().unwrap();
}
