// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's tick: `<linux/jiffies.h>`.

use core::ops::Add;

use kmod_bindings as bindings;

/// How many jiffies a second has.
pub const HZ: u64 = bindings::KMOD_HZ as u64;

/// A value of C's `jiffies`, which counts the kernel's ticks, and begins again at 0 after the last
/// number. Two of them are compared by [`after`](Self::after) and [`before`](Self::before), which
/// know that; there is no `<`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jiffies(pub u64);

impl Jiffies {
    /// Now.
    #[inline]
    pub fn now() -> Self {
        // SAFETY: The variable is the kernel's, and always there; it is written meanwhile, like C's
        // own readers, of a `volatile`, take.
        Self(unsafe { (&raw const bindings::jiffies).read_volatile() })
    }

    /// Whether this comes after `other`, if they are less than half of all numbers apart:
    /// `time_after()`.
    pub fn after(self, other: Self) -> bool {
        other.0.wrapping_sub(self.0).cast_signed() < 0
    }

    /// Whether this comes before `other`: `time_before()`.
    pub fn before(self, other: Self) -> bool {
        other.after(self)
    }

    /// How many ticks ago this was.
    pub fn elapsed(self) -> u64 {
        Self::now().0.wrapping_sub(self.0)
    }
}

impl Add<u64> for Jiffies {
    type Output = Self;

    /// So many ticks later.
    fn add(self, ticks: u64) -> Self {
        Self(self.0.wrapping_add(ticks))
    }
}

/// So many jiffies in milliseconds, rounded up where they are none; cut to 32 bits as C's.
pub fn jiffies_to_msecs(jiffies: u64) -> u32 {
    // SAFETY: It computes.
    unsafe { bindings::kmod_jiffies_to_msecs(jiffies) }
}

/// So many milliseconds in jiffies, rounded up. What C's `int` would take for negative is for ever:
/// half of the greatest number of jiffies.
pub fn msecs_to_jiffies(msecs: u32) -> u64 {
    // SAFETY: It computes.
    unsafe { bindings::kmod_msecs_to_jiffies(msecs) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_is_hz_jiffies() {
        assert_eq!(msecs_to_jiffies(1000), HZ);
        assert_eq!(jiffies_to_msecs(HZ), 1000);
        assert_eq!(msecs_to_jiffies(1), 1);
    }

    #[test]
    fn an_order_goes_through_the_end() {
        let last = Jiffies(u64::MAX);
        assert!((last + 1).after(last));
        assert!(last.before(last + 10));
        assert!(!last.after(last) && !last.before(last));
        assert!(!last.after(last + 1));
    }
}
