// SPDX-License-Identifier: GPL-2.0-only
//! Waiting until somebody else has done something: what C has `struct completion` for.

use core::fmt;
use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use super::WaitQueue;
use super::wait_queue::Wait;
use crate::error::Result;

/// The count of what was completed for all, for good.
const ALL: u32 = u32::MAX;

/// What some wait for and others complete: C's `struct completion`, made of a [`WaitQueue`], so that it
/// may be moved while nobody waits, and ends its waits when the instance goes.
///
/// It counts: each [`complete`](Self::complete) lets one wait through, whoever comes first, also one
/// that begins later. What was completed before it is waited for is not lost, as a wake-up of a
/// [`WaitQueue`] without a condition is.
///
/// | to wait | write |
/// |---|---|
/// | until a signal comes | [`done.wait()`](Self::wait) |
/// | for at most some time | [`done.wait_timeout(duration)`](Self::wait_timeout) |
/// | unless killed | [`done.wait_killable()`](Self::wait_killable) |
/// | whatever comes | [`done.wait_uninterruptible()`](Self::wait_uninterruptible) |
/// | not at all | [`done.try_wait()`](Self::try_wait) |
///
/// ```
/// use kmod_core::sync::Completion;
///
/// let done = Completion::new();
/// done.complete();
/// done.wait()?;
/// assert!(!done.try_wait());
/// # Ok::<(), kmod_core::Error>(())
/// ```
pub struct Completion {
    done: AtomicU32,
    queue: WaitQueue,
}

impl Completion {
    /// One that nobody has completed.
    #[track_caller]
    pub const fn new() -> Self {
        Self {
            done: AtomicU32::new(0),
            queue: WaitQueue::new(),
        }
    }

    /// Lets one wait through: the kernel's `complete()`. May be called anywhere.
    ///
    /// What was done before is seen by who was let through.
    pub fn complete(&self) {
        let one_more = |done: u32| Some(done.saturating_add(1));
        // It never fails: the function has an answer for each count.
        let _ = self
            .done
            .fetch_update(Ordering::Release, Ordering::Relaxed, one_more);
        self.queue.wake_up();
    }

    /// Lets all waits through, also those to come, until [`reinit`](Self::reinit): the kernel's
    /// `complete_all()`. May be called anywhere.
    pub fn complete_all(&self) {
        self.done.store(ALL, Ordering::Release);
        self.queue.wake_up_all();
    }

    /// Forgets what was completed: the kernel's `reinit_completion()`. Those who wait go on waiting. May
    /// be called anywhere.
    pub fn reinit(&self) {
        self.done.store(0, Ordering::Relaxed);
    }

    /// Whether a wait would not sleep: the kernel's `completion_done()`.
    pub fn is_done(&self) -> bool {
        self.done.load(Ordering::Acquire) != 0
    }

    /// Waits if that takes no time, and says whether: the kernel's `try_wait_for_completion()`. May be
    /// called anywhere.
    pub fn try_wait(&self) -> bool {
        let one_less = |done| match done {
            0 => None,
            ALL => Some(ALL),
            done => Some(done - 1),
        };
        let taken = self
            .done
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, one_less);
        taken.is_ok()
    }

    /// Sleeps until it is completed: `wait_for_completion_interruptible()`.
    ///
    /// # Errors
    ///
    /// `ERESTARTSYS` if a signal came first, as of [`WaitQueue::wait`]. `ENODEV` if what the handler
    /// belongs to is being taken away: the module, or the device.
    pub fn wait(&self) -> Result {
        self.take(self.queue.exclusive())
    }

    /// Sleeps until it is completed, for at most `timeout` (in jiffies, rounded up):
    /// `wait_for_completion_interruptible_timeout()`.
    ///
    /// # Errors
    ///
    /// `ETIMEDOUT` if the time is over; else as [`wait`](Self::wait).
    pub fn wait_timeout(&self, timeout: Duration) -> Result {
        self.take(self.queue.timeout(timeout).exclusive())
    }

    /// Sleeps until it is completed; only a signal that kills ends it: `wait_for_completion_killable()`.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub fn wait_killable(&self) -> Result {
        self.take(self.queue.killable().exclusive())
    }

    /// Sleeps until it is completed, whatever signal comes: `wait_for_completion()`.
    ///
    /// # Errors
    ///
    /// `ENODEV` if what the handler belongs to is being taken away.
    pub fn wait_uninterruptible(&self) -> Result {
        self.take(self.queue.uninterruptible().exclusive())
    }

    /// Exclusive waits use up the wake-up that they are given: each looks once more before it fails.
    fn take(&self, wait: Wait<'_>) -> Result {
        wait.wait(|| self.try_wait())
    }
}

impl Default for Completion {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = self.done.load(Ordering::Relaxed);
        f.debug_struct("Completion").field("done", &done).finish()
    }
}
