// SPDX-License-Identifier: GPL-2.0-only
//! `Gate` of `kmod_core::instance`, around something of the kernel's that has a lock of its own.

use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use loom::thread;

const OPEN: u32 = 1;
const ONE: u32 = 2;

struct Gate {
    state: AtomicU32,
    /// What is set up before the gate is opened, and is not there any more once it was shut.
    timer: UnsafeCell<u32>,
    /// Whether the kernel's timer is armed.
    armed: AtomicBool,
}

// SAFETY: `timer` is written before the gate is opened and after it was shut, and read by those who pass.
unsafe impl Sync for Gate {}

impl Gate {
    fn new() -> Self {
        Self {
            state: AtomicU32::new(0),
            timer: UnsafeCell::new(0),
            armed: AtomicBool::new(false),
        }
    }

    fn open(&self) {
        // SAFETY: Nobody looks at it before the gate is open. loom checks it.
        self.timer.with_mut(|timer| unsafe { *timer = 7 });
        self.state.fetch_or(OPEN, Ordering::Release);
    }

    fn arm(&self) -> bool {
        let is_open = self.state.fetch_add(ONE, Ordering::Acquire) & OPEN != 0;
        if is_open {
            // SAFETY: The gate is open. loom checks it.
            assert_eq!(self.timer.with(|timer| unsafe { *timer }), 7);
            self.armed.store(true, Ordering::Relaxed);
        }
        self.state.fetch_sub(ONE, Ordering::Release);
        is_open
    }

    fn shut(&self) {
        self.state.fetch_and(!OPEN, Ordering::Relaxed);
        while self.state.load(Ordering::Acquire) != 0 {
            thread::yield_now();
        }
    }

    /// Whether `timer_delete_sync()` has found it armed. Then its memory goes.
    fn end(&self) -> bool {
        let was_armed = self.armed.swap(false, Ordering::Relaxed);
        // SAFETY: Nobody passes any more. loom checks it.
        self.timer.with_mut(|timer| unsafe { *timer = 0 });
        was_armed
    }
}

#[test]
fn nobody_passes_once_it_was_shut() {
    // With three threads, those interleavings in which a thread is interrupted at most twice.
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(|| {
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
