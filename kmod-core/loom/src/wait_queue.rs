// SPDX-License-Identifier: GPL-2.0-only
//! The counter of `kmod_core::sync::WaitQueue`: `kmod_wait_queue_wait()` and `kmod_wait_queue_wake()`.

use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering, fence};
use loom::thread;

use crate::task::{Queue, Task};

struct WaitQueue {
    wakes: AtomicUsize,
    queue: Queue,
}

impl WaitQueue {
    fn new() -> Self {
        Self {
            wakes: AtomicUsize::new(0),
            queue: Queue::new(),
        }
    }

    fn wake(&self) {
        // `atomic_long_inc_return()` is fully ordered.
        fence(Ordering::SeqCst);
        self.wakes.fetch_add(1, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        if self.queue.is_active() {
            self.queue.wake();
        }
    }

    /// Sleeps if nobody has woken since `seen` was looked at.
    fn sleep(&self, seen: usize) {
        let task = Task::new();
        loop {
            self.queue.prepare(&task);
            if self.wakes.load(Ordering::Acquire) != seen {
                break;
            }
            task.schedule();
            if self.wakes.load(Ordering::Acquire) != seen {
                break;
            }
        }
        self.queue.finish(&task);
    }

    fn wait(&self, condition: impl Fn() -> bool) {
        loop {
            let seen = self.wakes.load(Ordering::Acquire);
            if condition() {
                return;
            }
            self.sleep(seen);
        }
    }
}

#[test]
fn who_waits_sees_what_was_changed_before_the_wake_up() {
    loom::model(|| {
        let shared = Arc::new((WaitQueue::new(), AtomicBool::new(false)));
        let waker = Arc::clone(&shared);
        let waker = thread::spawn(move || {
            waker.1.store(true, Ordering::Relaxed);
            waker.0.wake();
        });
        shared.0.wait(|| shared.1.load(Ordering::Relaxed));
        waker.join().unwrap();
    });
}

#[test]
fn two_who_wait_are_both_woken() {
    // With three threads, those interleavings in which a thread is interrupted at most twice.
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(|| {
        let shared = Arc::new((WaitQueue::new(), AtomicBool::new(false)));
        let waiter = Arc::clone(&shared);
        let waiter = thread::spawn(move || waiter.0.wait(|| waiter.1.load(Ordering::Relaxed)));
        let waker = Arc::clone(&shared);
        let waker = thread::spawn(move || {
            waker.1.store(true, Ordering::Relaxed);
            waker.0.wake();
        });
        shared.0.wait(|| shared.1.load(Ordering::Relaxed));
        waiter.join().unwrap();
        waker.join().unwrap();
    });
}
