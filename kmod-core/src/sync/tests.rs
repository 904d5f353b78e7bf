// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use core::mem;
use core::time::Duration;
use std::thread;

use super::{Completion, Mutex, SpinLock, SpinLockBh, SpinLockIrq, WaitQueue};
use crate::error::code::ETIMEDOUT;

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

#[test]
fn locks_of_every_context_let_one_in_at_a_time() {
    let (bh, irq) = (SpinLockBh::new(0), SpinLockIrq::new(0));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1000 {
                    bh.with(|count| *count += 1);
                    irq.with(|count| *count += 1);
                    irq.with(|_| bh.with(|count| *count += 1));
                }
            });
        }
    });
    assert_eq!((bh.into_inner(), irq.into_inner()), (8000, 4000));
}

#[test]
fn a_wait_ends_when_the_condition_is_true() {
    let (queue, letters) = (WaitQueue::new(), Mutex::new(0));
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut letters = queue.wait_locked(letters.lock(), |n| *n >= 3).unwrap();
            *letters -= 3;
        });
        for _ in 0..3 {
            *letters.lock() += 1;
            queue.wake_up();
        }
        reader.join().unwrap();
    });
    assert_eq!(letters.into_inner(), 0);
}

#[test]
fn a_wait_for_what_is_so_does_not_sleep() {
    let queue = WaitQueue::new();
    let mut asked = 0;
    let condition = || {
        asked += 1;
        true
    };
    assert_eq!(queue.timeout(Duration::ZERO).wait(condition), Ok(()));
    assert_eq!(asked, 1);
}

#[test]
fn a_timeout_looks_once_more() {
    let queue = WaitQueue::new();
    let mutex = Mutex::new(0);
    let soon = queue.timeout(Duration::from_micros(1));
    assert_eq!(soon.wait(|| false), Err(ETIMEDOUT));
    let second = |asked: &mut i32| {
        *asked += 1;
        *asked == 2
    };
    assert!(soon.wait_locked(mutex.lock(), second).is_ok());
    let never = soon.wait_locked(mutex.lock(), |_| false);
    assert_eq!(never.map(|_| ()), Err(ETIMEDOUT));
    assert!(mutex.try_lock().is_some());
}

#[test]
fn a_wait_queue_works_wherever_it_is_moved() {
    let queue = WaitQueue::new();
    queue.wake_up_all();
    let moved = std::boxed::Box::new(queue);
    moved.wake_up();
    let soon = moved.timeout(Duration::from_millis(1));
    assert_eq!(soon.wait(|| false), Err(ETIMEDOUT));
}

#[test]
fn each_completion_lets_one_wait_through() {
    let done = Completion::new();
    assert!(!done.is_done() && !done.try_wait());
    done.complete();
    done.complete();
    assert!(done.is_done());
    assert_eq!(done.wait(), Ok(()));
    let moved = std::boxed::Box::new(done);
    assert!(moved.try_wait());
    assert!(!moved.try_wait());
    let soon = moved.wait_timeout(Duration::from_micros(1));
    assert_eq!(soon, Err(ETIMEDOUT));
}

#[test]
fn what_is_completed_for_all_stays_so_until_it_is_made_anew() {
    let done = Completion::new();
    done.complete_all();
    done.complete();
    for _ in 0..3 {
        assert_eq!(done.wait_uninterruptible(), Ok(()));
    }
    done.reinit();
    assert!(!done.is_done());
}

#[test]
fn every_wait_gets_a_completion_of_its_own() {
    const WAITS: usize = 1000;
    let done = Completion::new();
    thread::scope(|scope| {
        let waiters =
            [(); 3].map(|()| scope.spawn(|| (0..WAITS).for_each(|_| done.wait().unwrap())));
        for _ in 0..3 * WAITS {
            done.complete();
        }
        for waiter in waiters {
            waiter.join().unwrap();
        }
    });
    assert!(!done.is_done());
}
