// SPDX-License-Identifier: GPL-2.0-only

use std::boxed::Box;
use std::{assert_eq, format, mem, thread, vec};

use super::*;

#[test]
fn one_at_a_time() {
    let mutex = Mutex::new(0);
    let spin = SpinLock::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1000 {
                    *mutex.lock() += 1;
                    *mutex.lock_interruptible().unwrap() += 1;
                    *spin.lock() += 1;
                    *spin.lock_irqsave() += 1;
                }
            });
        }
    });
    assert_eq!((mutex.into_inner(), spin.into_inner()), (8000, 8000));
}

#[test]
fn a_held_lock_is_not_taken() {
    static MUTEX: Mutex<u32> = Mutex::new(1);
    let guard = MUTEX.lock();
    assert!(MUTEX.try_lock().is_none());
    assert_eq!(format!("{MUTEX:?}"), "Mutex(<locked>)");
    drop(guard);
    assert_eq!(MUTEX.try_lock().map(|data| *data), Some(1));
    assert_eq!(format!("{MUTEX:?}"), "Mutex(1)");
}

#[test]
fn a_lock_can_be_moved() {
    let mut locks = vec![Mutex::new(0), Mutex::new(1)];
    *locks[1].lock() += 1;
    for i in 2..100 {
        locks.push(Mutex::new(i));
        *locks[1].lock() += 1;
    }
    assert_eq!(*locks[1].lock(), 100);
    let spin = Box::new(SpinLock::new(1));
    *spin.lock() += 1;
    let mut unboxed = *spin;
    assert_eq!(*unboxed.lock(), 2);
    assert_eq!(*unboxed.get_mut(), 2);
}

#[test]
fn a_lock_that_was_left_locked_is_free_elsewhere() {
    let mutex = Mutex::new(1);
    mem::forget(mutex.lock());
    assert!(mutex.try_lock().is_none());
    let moved = Box::new(mutex);
    assert_eq!(*moved.lock(), 1);
}

#[test]
fn the_first_use_may_be_many_at_once() {
    for _ in 0..200 {
        let mutex = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| *mutex.lock() += 1);
            }
        });
        assert_eq!(mutex.into_inner(), 4);
    }
}
