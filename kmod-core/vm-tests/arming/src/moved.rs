// SPDX-License-Identifier: GPL-2.0-only
//! Values that are swapped, put back and forgotten, before they are registered and after they were
//! unregistered: nobody can arm them.

use core::mem;
use core::time::Duration;

use kmod_core::prelude::*;

use crate::Arming;

/// Long after all tests: what is armed by mistake is still there when its memory goes.
const LATE: Duration = Duration::from_secs(100);

impl Arming {
    /// Tries all of them.
    pub(super) fn move_all(&mut self) {
        try_one("timer", &mut self.timer, |timer| timer.arm(LATE));
        try_one("hrtimer", &mut self.hrtimer, |timer| timer.arm(LATE));
        try_one("work", &mut self.work, Work::queue);
        try_one("delayed work", &mut self.delayed, |work| work.arm(LATE));
        try_one("thread", &mut self.kthread, Kthread::start);
    }
}

/// Tries to arm a value: where it is, elsewhere, one that is new in its place, and back in its place.
fn try_one<T: Default>(what: &str, value: &mut T, arm: impl Fn(&T) -> bool) {
    let mut other = T::default();
    let mut is_armed = arm(value) || arm(&other);
    mem::swap(value, &mut other);
    is_armed |= arm(value) || arm(&other);
    mem::swap(value, &mut other);
    is_armed |= arm(value);
    mem::forget(mem::replace(value, other));
    is_armed |= arm(value);
    if is_armed {
        pr_err!("a {} that is not registered was armed", what);
    }
}
