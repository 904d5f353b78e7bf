// SPDX-License-Identifier: GPL-2.0-only
//! The bit of `kmod_core::sync::Mutex`, with the kernel's `out_of_line_wait_on_bit_lock()` and
//! `wake_up_bit()`.

use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering, fence};
use loom::thread;

use crate::task::{Queue, Task};

const HELD: usize = 1;
const WAITER: usize = 2;

struct Mutex {
    state: AtomicUsize,
    queue: Queue,
    value: UnsafeCell<u32>,
}

// SAFETY: `value` is used with the lock held.
unsafe impl Sync for Mutex {}

impl Mutex {
    fn new() -> Self {
        Self {
            state: AtomicUsize::new(0),
            queue: Queue::new(),
            value: UnsafeCell::new(0),
        }
    }

    fn lock(&self, task: &Task) {
        if self.state.fetch_or(HELD, Ordering::Acquire) & HELD == 0 {
            return;
        }
        self.state.fetch_add(WAITER, Ordering::Relaxed);
        loop {
            self.queue.prepare(task);
            if self.state.load(Ordering::Relaxed) & HELD != 0 {
                task.schedule();
            }
            // `test_and_set_bit()`, which is fully ordered.
            if self.state.fetch_or(HELD, Ordering::SeqCst) & HELD == 0 {
                break;
            }
        }
        self.queue.finish(task);
        self.state.fetch_sub(WAITER, Ordering::Relaxed);
    }

    fn unlock(&self) {
        if self.state.fetch_sub(HELD, Ordering::Release) != HELD {
            fence(Ordering::SeqCst);
            if self.queue.is_active() {
                self.queue.wake_one();
            }
        }
    }

    /// Adds one, and says how much that is. loom reports who gets to the value at the same time.
    fn add(&self) -> u32 {
        let task = Task::new();
        self.lock(&task);
        let sum = self.value.with_mut(|value| {
            // SAFETY: The lock is held, which loom checks: it would report another access.
            let value = unsafe { &mut *value };
            *value += 1;
            *value
        });
        self.unlock();
        sum
    }
}

#[test]
fn one_task_at_a_time_and_no_wake_up_is_lost() {
    loom::model(|| {
        let mutex = Arc::new(Mutex::new());
        let other = Arc::clone(&mutex);
        let other = thread::spawn(move || other.add());
        let mut sums = [mutex.add(), other.join().unwrap()];
        sums.sort_unstable();
        assert_eq!(sums, [1, 2]);
        assert_eq!(mutex.state.load(Ordering::Relaxed), 0);
    });
}
