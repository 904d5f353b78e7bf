// SPDX-License-Identifier: GPL-2.0-only
//! The gates: `kmod_gate_open()`, `kmod_gate_shut()` and `kmod_gate_pass()`, around something of the kernel's
//! that has a lock of its own.

use loom::cell::UnsafeCell;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

/// The gate's address, where it is opened.
const HOME: usize = 1;

struct Gate {
    home: AtomicUsize,
    lock: Mutex<()>,
    open: UnsafeCell<bool>,
    /// The kernel's timer: whether it is armed.
    armed: AtomicBool,
}

// SAFETY: `open` is written before `home` is, and then with the lock held; it is read with it held.
unsafe impl Sync for Gate {}

impl Gate {
    fn new() -> Self {
        Self {
            home: AtomicUsize::new(0),
            lock: Mutex::new(()),
            open: UnsafeCell::new(false),
            armed: AtomicBool::new(false),
        }
    }

    fn open(&self) {
        // SAFETY: Nobody looks at it before `home` is set. loom checks it.
        self.open.with_mut(|open| unsafe { *open = true });
        self.home.store(HOME, Ordering::Release);
    }

    fn shut(&self) {
        let _held = self.lock.lock().unwrap();
        // SAFETY: The lock is held. loom checks it.
        self.open.with_mut(|open| unsafe { *open = false });
    }

    fn arm(&self) -> bool {
        if self.home.load(Ordering::Acquire) != HOME {
            return false;
        }
        let _held = self.lock.lock().unwrap();
        // SAFETY: The lock is held. loom checks it.
        let passed = self.open.with(|open| unsafe { *open });
        if passed {
            self.armed.store(true, Ordering::Relaxed);
        }
        passed
    }

    /// Whether `timer_delete_sync()` has found it armed.
    fn end(&self) -> bool {
        self.armed.swap(false, Ordering::Relaxed)
    }
}

#[test]
fn nothing_is_armed_once_the_gate_is_shut() {
    loom::model(|| {
        let gate = Arc::new(Gate::new());
        let armers = [(); 2].map(|()| {
            let gate = Arc::clone(&gate);
            thread::spawn(move || gate.arm())
        });
        gate.open();
        gate.shut();
        let was_armed = gate.end();
        let passed = armers.map(|armer| armer.join().unwrap());
        assert!(!gate.armed.load(Ordering::Relaxed));
        assert_eq!(was_armed, passed.contains(&true));
    });
}

/// All gates are shut before the first of what they guard is ended: what runs may arm another.
#[test]
fn two_that_arm_each_other_end() {
    loom::model(|| {
        let gates = Arc::new([Gate::new(), Gate::new()]);
        gates.iter().for_each(Gate::open);
        let handler = Arc::clone(&gates);
        // A handler of the first: `end` of the first waits for it.
        let handler = thread::spawn(move || handler[1].arm());
        gates.iter().for_each(Gate::shut);
        handler.join().unwrap();
        gates.iter().for_each(|gate| {
            gate.end();
        });
        assert!(gates.iter().all(|gate| !gate.armed.load(Ordering::Relaxed)));
    });
}
