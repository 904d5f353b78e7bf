// SPDX-License-Identifier: GPL-2.0-only
//! What stands before something that the kernel arms under a lock of its own.

use core::sync::atomic::{AtomicU32, Ordering};

use kmod_bindings as bindings;

/// Stands between a caller who arms something and the kernel, and counts those who are on their way
/// through: nothing more is asked of them, since what they call has a lock. It is shut until it is opened,
/// and from when its instance closes; so it may be moved before and after that.
///
/// `kmod-core/loom/src/counted_gate.rs` is its model.
pub(crate) struct Gate(AtomicU32);

/// Set while it is open; the rest counts.
const OPEN: u32 = 1;

/// One who is on the way through.
const ONE: u32 = 2;

impl Gate {
    /// A shut one.
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// Opens it. What is behind it has been set up, which those who pass see.
    pub(crate) fn open(&self) {
        self.0.fetch_or(OPEN, Ordering::Release);
    }

    /// Does `arm` if it is open. May be called anywhere where `arm` may: one that sleeps has who shuts the gate wait.
    #[inline]
    pub(crate) fn pass<R>(&self, arm: impl FnOnce() -> R) -> Option<R> {
        let is_open = self.0.fetch_add(ONE, Ordering::Acquire) & OPEN != 0;
        let armed = is_open.then(arm);
        self.0.fetch_sub(ONE, Ordering::Release);
        armed
    }

    /// Shuts it: when this returns, nobody passes any more, and what those have armed who did is known to
    /// the kernel. It waits for who is on the way through, who may have been preempted there.
    pub(crate) fn shut(&self) {
        self.0.fetch_and(!OPEN, Ordering::Relaxed);
        while self.0.load(Ordering::Acquire) != 0 {
            // SAFETY: An instance is closed by a task that may sleep.
            unsafe { bindings::schedule_timeout_uninterruptible(1) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_passes_before_it_is_opened_and_after_it_was_shut() {
        let gate = Gate::new();
        assert_eq!(gate.pass(|| 1), None);
        gate.open();
        assert_eq!(gate.pass(|| gate.pass(|| 2)), Some(Some(2)));
        gate.shut();
        assert_eq!(gate.pass(|| 3), None);
        assert_eq!(gate.0.into_inner(), 0);
    }
}
