// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's tasks and the queues that they sleep in.

use loom::sync::atomic::{AtomicUsize, Ordering, fence};
use loom::sync::{Arc, Condvar, Mutex};

/// A task as its wakers see it.
#[derive(Clone)]
pub struct Task(Arc<(Mutex<bool>, Condvar)>);

impl Task {
    pub fn new() -> Self {
        Self(Arc::new((Mutex::new(true), Condvar::new())))
    }

    /// `set_current_state()`: from now on it may be woken. A full barrier comes after it.
    pub fn goes_to_sleep(&self) {
        *self.0.0.lock().unwrap() = false;
        fence(Ordering::SeqCst);
    }

    /// `schedule()`.
    pub fn schedule(&self) {
        let mut is_awake = self.0.0.lock().unwrap();
        while !*is_awake {
            is_awake = self.0.1.wait(is_awake).unwrap();
        }
    }

    /// `wake_up_process()`.
    pub fn wake(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_one();
    }
}

/// A `wait_queue_head_t`.
pub struct Queue {
    tasks: Mutex<Vec<Task>>,
    /// How many: what `waitqueue_active()` finds without the lock.
    length: AtomicUsize,
}

impl Queue {
    pub fn new() -> Self {
        Self {
            tasks: Mutex::new(Vec::new()),
            length: AtomicUsize::new(0),
        }
    }

    /// `prepare_to_wait()`.
    pub fn prepare(&self, task: &Task) {
        let mut tasks = self.tasks.lock().unwrap();
        if !tasks.iter().any(|other| Arc::ptr_eq(&other.0, &task.0)) {
            tasks.push(task.clone());
            self.length.store(tasks.len(), Ordering::Relaxed);
        }
        task.goes_to_sleep();
    }

    /// `finish_wait()`.
    pub fn finish(&self, task: &Task) {
        let mut tasks = self.tasks.lock().unwrap();
        tasks.retain(|other| !Arc::ptr_eq(&other.0, &task.0));
        self.length.store(tasks.len(), Ordering::Relaxed);
    }

    /// `waitqueue_active()`: no barrier is in it.
    pub fn is_active(&self) -> bool {
        self.length.load(Ordering::Relaxed) > 0
    }

    /// `__wake_up()` of all; each is taken out.
    pub fn wake(&self) {
        let mut tasks = self.tasks.lock().unwrap();
        tasks.drain(..).for_each(|task| task.wake());
        self.length.store(0, Ordering::Relaxed);
    }

    /// The same of the first one.
    pub fn wake_one(&self) {
        let mut tasks = self.tasks.lock().unwrap();
        if !tasks.is_empty() {
            tasks.remove(0).wake();
        }
        self.length.store(tasks.len(), Ordering::Relaxed);
    }
}
