// SPDX-License-Identifier: GPL-2.0-only
//! Threads that sleep: what is to happen meanwhile waits for that, not for a time.

use std::fs;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::guest;

/// Who sleeps so long without being run sleeps until something happens: a thread that only comes
/// to a lock late, or to a page, is run before.
const STEADY: Duration = Duration::from_millis(50);

/// What takes longer does not come, on however busy a host.
pub const LATE: Duration = Duration::from_secs(60);

/// Waits until it is so, for [`LATE`] at most.
///
/// # Panics
/// If it does not come.
#[track_caller]
pub fn until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < LATE, "it does not come");
        thread::sleep(Duration::from_millis(2));
    }
}

/// Says that it is over when this goes, also when the test fails: threads that work until then end.
pub struct Over<'a>(pub &'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A thread of the test's, or a process of one thread.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    id: libc::pid_t,
}

impl Task {
    /// The calling thread.
    #[must_use]
    pub fn current() -> Self {
        guest::require();
        // SAFETY: no preconditions.
        let id = unsafe { libc::gettid() };
        Self { id }
    }

    /// The process of that number.
    pub(crate) fn process(id: libc::pid_t) -> Self {
        Self { id }
    }

    pub(crate) fn id(self) -> libc::pid_t {
        self.id
    }

    /// Returns when it has slept for 50 ms, and sleeps on.
    ///
    /// # Panics
    /// If it has ended, or does not sleep within a minute.
    #[track_caller]
    pub fn until_asleep(self) {
        let start = Instant::now();
        let mut since = start;
        let mut before = None;
        loop {
            let sleep = self.sleep().expect("the thread is there");
            if sleep.is_none() || sleep != before {
                since = Instant::now();
                before = sleep;
            } else if since.elapsed() >= STEADY {
                return;
            }
            assert!(start.elapsed() < LATE, "{self:?} does not sleep");
            thread::sleep(STEADY / 10);
        }
    }

    /// Which of its sleeps it is in, if it sleeps.
    fn sleep(self) -> io::Result<Option<u64>> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id))?;
        Ok(sleep_of(&status))
    }
}

/// Does something in another thread as soon as the calling one sleeps.
pub fn when_asleep<T: Send + 'static>(
    action: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    let sleeper = Task::current();
    thread::spawn(move || {
        sleeper.until_asleep();
        action()
    })
}

fn sleep_of(status: &str) -> Option<u64> {
    let value = |key| status.lines().find_map(|line| line.strip_prefix(key));
    let asleep = value("State:\t")?.starts_with(['S', 'D']);
    let switches = value("voluntary_ctxt_switches:\t")?.parse().ok()?;
    asleep.then_some(switches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_has_its_number() {
        let status = |state: &str| {
            format!(
                "Name:\tx\nState:\t{state}\nvoluntary_ctxt_switches:\t7\nnonvoluntary_ctxt_switches:\t9\n"
            )
        };
        assert_eq!(sleep_of(&status("S (sleeping)")), Some(7));
        assert_eq!(sleep_of(&status("D (disk sleep)")), Some(7));
        assert_eq!(sleep_of(&status("R (running)")), None);
        assert_eq!(sleep_of(""), None);
    }
}
