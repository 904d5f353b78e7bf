// SPDX-License-Identifier: GPL-2.0-only
//! Ends a program that waits for what a fault has eaten.

use std::fs;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::FAILED;

/// A program that makes no system call for so long waits for what does not come.
const IDLE: Duration = Duration::from_secs(30);

/// Ends a program that makes no system call any more.
pub struct Dog {
    stops: Arc<AtomicU64>,
    off: Arc<AtomicBool>,
}

impl Dog {
    /// Watches the process of that number, which leads a group.
    pub fn watching(main: i32) -> Self {
        let dog = Self {
            stops: Arc::default(),
            off: Arc::default(),
        };
        let (stops, off) = (dog.stops.clone(), dog.off.clone());
        thread::spawn(move || {
            let mut last = 0;
            let mut idle = Duration::ZERO;
            let step = Duration::from_millis(500);
            while !off.load(Ordering::Relaxed) {
                thread::sleep(step);
                let now = stops.load(Ordering::Relaxed);
                idle = if now == last {
                    idle + step
                } else {
                    Duration::ZERO
                };
                last = now;
                if idle == IDLE {
                    println!("\nthe program does nothing any more, and is ended");
                    // SAFETY: it takes no pointer; the group is that of a program which is traced.
                    unsafe { libc::kill(-main, libc::SIGKILL) };
                } else if idle == 2 * IDLE {
                    let stack = fs::read_to_string(format!("/proc/{main}/stack"));
                    println!("\nit hangs in the kernel:\n{}", stack.unwrap_or_default());
                    process::exit(i32::from(FAILED));
                }
            }
        });
        dog
    }

    /// It has made a call, or something else at which it stops.
    pub fn stopped(&self) {
        self.stops.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Dog {
    fn drop(&mut self) {
        self.off.store(true, Ordering::Relaxed);
    }
}
