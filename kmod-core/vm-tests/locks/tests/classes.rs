// SPDX-License-Identifier: GPL-2.0-only
//! Locks that are held in each other. What a kernel with lockdep reports of them fails these tests; they are a
//! program of their own, which runs first, since lockdep is off after an Oops.

mod support;

use kmod_test::load;

use support::nested;

#[test]
fn each_lock_is_a_class_of_its_own() {
    let _module = load(&[]).unwrap();
    assert_eq!(nested(1), "1", "in the module's struct");
    assert_eq!(nested(2), "4", "in statics");
    assert_eq!(nested(3), "31", "on the heap");
    assert_eq!(nested(4), "1", "in an array");
    assert_eq!(nested(3), "31", "on the heap, once more");
}

#[test]
fn each_mutex_is_a_class_of_its_own() {
    let _module = load(&[]).unwrap();
    assert_eq!(nested(17), "10", "in the module's struct");
    assert_eq!(nested(18), "10", "in a static");
    assert_eq!(nested(19), "10", "on the heap");
    assert_eq!(nested(19), "10", "on the heap, once more");
}
