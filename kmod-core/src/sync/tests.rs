// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use core::mem;
use std::thread;

use super::{Mutex, SpinLock};

#[test]
fn a_mutex_lets_one_in_at_a_time() {
    let count = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..1000).for_each(|_| *count.lock() += 1));
        }
    });
    assert_eq!(count.into_inner(), 4000);
}

#[test]
fn a_held_mutex_is_not_taken_again() {
    let mutex = Mutex::new(());
    let guard = mutex.lock();
    assert!(mutex.try_lock().is_none());
    drop(guard);
    assert!(mutex.try_lock().is_some());
}

#[test]
fn a_forgotten_guard_leaves_the_mutex_locked_wherever_it_goes() {
    let mutex = Mutex::new(1);
    mem::forget(mutex.lock());
    let mut moved = mutex;
    assert!(moved.try_lock().is_none());
    assert_eq!(*moved.get_mut(), 1);
}

#[test]
fn a_spinlock_works_wherever_it_is_moved() {
    let lock = SpinLock::new(1);
    lock.with(|value| *value += 1);
    let moved = std::boxed::Box::new(lock);
    moved.with(|value| *value += 1);
    assert_eq!(moved.into_inner(), 3);
}
