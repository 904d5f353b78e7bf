// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use core::mem;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::thread;

use super::{
    Completion, Mutex, OnceLock, Rcu, Refcount, RwLock, SeqLock, SpinLock, SpinLockBh, SpinLockIrq,
    Srcu, WaitQueue,
};
use crate::alloc::{GFP_KERNEL, KBox};
use crate::error::code::{ENOMEM, ETIMEDOUT};
use crate::percpu::{PerCpu, PerCpuCounter};

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

#[test]
fn a_rwlock_lets_readers_in_together_and_a_writer_alone() {
    let lock = RwLock::new(0);
    assert_eq!(lock.read(|_| lock.try_read(|n| *n)), Some(0));
    assert!(lock.read(|_| lock.try_write(|_| ())).is_none());
    assert!(lock.write(|_| lock.try_read(|_| ())).is_none());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    lock.write(|n| *n += 1);
                    lock.read_killable(|n| assert!(*n > 0)).unwrap();
                    lock.write_killable(|n| *n += 1).unwrap();
                }
            });
        }
    });
    let mut moved = std::boxed::Box::new(lock);
    *moved.get_mut() += 1;
    moved.write(|n| *n += 1);
    assert_eq!(moved.into_inner(), 4002);
}

/// Of a size that is none of whole words, and with bytes that mean nothing.
#[derive(Clone, Copy, Default)]
struct Uneven {
    a: u64,
    b: u8,
    c: u32,
    d: u8,
}

#[test]
#[cfg_attr(
    miri,
    ignore = "its reader races with who writes: the kernel's memory model has that, and Rust's has not"
)]
fn a_seqlock_is_read_as_a_whole() {
    let lock = SeqLock::new((Uneven::default(), [0u64; 9]));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..2000 {
                    lock.write(|(uneven, row)| {
                        uneven.a += 1;
                        uneven.c += 1;
                        uneven.b = uneven.a as u8;
                        uneven.d = uneven.a as u8;
                        *row = [uneven.a; 9];
                    });
                }
            });
        }
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..4000 {
                    let (uneven, row) = lock.read();
                    assert_eq!(u64::from(uneven.c), uneven.a);
                    assert_eq!([uneven.b, uneven.d], [uneven.a as u8; 2]);
                    assert_eq!(row, [uneven.a; 9]);
                }
            });
        }
    });
    // It can be read while it is written, by the writer itself, too.
    lock.write(|(uneven, _)| assert_eq!(lock.read().0.a, uneven.a));
    assert_eq!(lock.into_inner().0.a, 4000);
}

#[test]
fn what_is_made_once_is_made_once() {
    let made = SpinLock::new(0);
    let mut value = OnceLock::new();
    let once = &value;
    assert_eq!(once.get_or_try_init(|| Err(ENOMEM)), Err(ENOMEM));
    thread::scope(|scope| {
        for _ in 0..4 {
            let make = || {
                made.with(|made| *made += 1);
                Ok(std::string::String::from("made"))
            };
            scope.spawn(move || assert_eq!(once.get_or_try_init(make).unwrap(), "made"));
        }
    });
    assert_eq!(made.into_inner(), 1);
    assert_eq!(once.set("other".into()), Err("other".into()));
    let once = &mut value;
    once.get_mut().unwrap().push('!');
    assert_eq!(once.take().as_deref(), Some("made!"));
    assert!(once.get().is_none());
    assert_eq!(once.set("again".into()).map(|text| text.len()), Ok(5));
}

#[test]
fn what_is_made_of_itself_is_not_set_meanwhile() {
    let once = OnceLock::new();
    let made = once.get_or_try_init(|| Ok(u32::from(once.set(1).is_err())));
    assert_eq!(made, Ok(&1));
}

#[test]
fn each_cpu_has_its_own() {
    let numbers = PerCpu::new(std::boxed::Box::new).unwrap();
    let all: std::vec::Vec<u32> = numbers.iter().map(|number| **number).collect();
    assert_eq!(all, [0, 1]);
    assert!(all.contains(numbers.this_cpu()));

    let counter = PerCpuCounter::new().unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1000 {
                    counter.inc();
                    counter.add(-2);
                }
            });
        }
    });
    assert_eq!(counter.sum(), -4000);
}

#[test]
fn what_is_not_to_be_shared_is_not_by_a_lock() {
    use super::{IsShared, NotShared as _};
    use core::cell::Cell;

    let shared = [
        IsShared::<RwLock<u32>>::ANSWER,
        IsShared::<SeqLock<u32>>::ANSWER,
        IsShared::<OnceLock<u32>>::ANSWER,
        IsShared::<PerCpu<Mutex<Cell<u32>>>>::ANSWER,
        IsShared::<SpinLockBh<Cell<u32>>>::ANSWER,
        IsShared::<SpinLockIrq<Cell<u32>>>::ANSWER,
    ];
    assert_eq!(shared, [true; 6]);
    let not = [
        // Several read at a time.
        IsShared::<RwLock<Cell<u32>>>::ANSWER,
        IsShared::<OnceLock<Cell<u32>>>::ANSWER,
        IsShared::<PerCpu<Cell<u32>>>::ANSWER,
        // The value goes from one to another.
        IsShared::<RwLock<*mut u32>>::ANSWER,
        IsShared::<SeqLock<*mut u32>>::ANSWER,
        IsShared::<OnceLock<*mut u32>>::ANSWER,
        IsShared::<SpinLockBh<*mut u32>>::ANSWER,
        IsShared::<SpinLockIrq<*mut u32>>::ANSWER,
    ];
    assert_eq!(not, [false; 8]);
}

/// A value that others read as one that is there, until it is dropped.
struct Row(u64, AtomicBool);

impl Row {
    fn boxed(number: u64) -> KBox<Self> {
        KBox::new(Self(number, AtomicBool::new(true)), GFP_KERNEL).unwrap()
    }

    fn look(&self) -> u64 {
        assert!(self.1.load(Ordering::Relaxed));
        self.0
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        *self.1.get_mut() = false;
    }
}

#[test]
fn what_is_replaced_stays_until_its_readers_have_left() {
    const TURNS: u64 = 200;
    let rcu = Rcu::new(Row(0, AtomicBool::new(true))).unwrap();
    let srcu = Srcu::new(Row(0, AtomicBool::new(true))).unwrap();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for turn in 0..TURNS {
                    let next = |row: &Row| Ok(Row::boxed(row.look() + 1));
                    drop(rcu.update(next).unwrap());
                    drop(srcu.update(next).unwrap());
                    if turn % 8 == 0 {
                        thread::yield_now();
                    }
                }
            });
            scope.spawn(|| {
                for _ in 0..TURNS {
                    let look = |row: &Row| {
                        let before = row.look();
                        thread::yield_now();
                        assert_eq!(row.look(), before);
                        before
                    };
                    rcu.read(|row| assert!(rcu.read(Row::look) >= look(row)));
                    srcu.read(|row| assert!(srcu.read(Row::look) >= look(row)));
                }
            });
        }
    });
    assert_eq!(
        (rcu.read(Row::look), srcu.read(Row::look)),
        (2 * TURNS, 2 * TURNS)
    );
}

#[test]
fn a_replaced_value_is_given_back_and_a_failed_update_changes_nothing() {
    let mut rcu = std::boxed::Box::new(Rcu::new(1).unwrap());
    assert_eq!(*rcu.replace(KBox::new(2, GFP_KERNEL).unwrap()), 1);
    assert_eq!(rcu.update(|_| Err(ENOMEM)).err(), Some(ENOMEM));
    *rcu.get_mut() += 1;
    let mut srcu = Srcu::new(7).unwrap();
    assert_eq!(*srcu.replace(KBox::new(8, GFP_KERNEL).unwrap()), 7);
    assert_eq!(srcu.update(|_| Err(ENOMEM)).err(), Some(ENOMEM));
    *srcu.get_mut() += 1;
    assert_eq!((rcu.read(|n| *n), srcu.read(|n| *n)), (3, 9));
}

#[test]
fn what_has_no_users_gets_none_and_nothing_wraps() {
    let users = Refcount::new(1);
    users.inc();
    assert!(!users.dec_and_test() && users.dec_and_test());
    assert!(!users.inc_not_zero() && users.get() == 0);
    let many = Refcount::new(i32::MAX.cast_unsigned());
    many.inc();
    for _ in 0..3 {
        assert!(!many.dec_and_test() && many.inc_not_zero());
    }
    assert!(many.get() > i32::MAX.cast_unsigned());
}
