// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's tick, and waiting for some of it.

use kmod_bindings as bindings;

/// How many jiffies a second has.
pub const HZ: u64 = bindings::KMOD_HZ as u64;

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

/// Sleeps for at least so many milliseconds, whatever signals come. To be used where sleeping is
/// allowed.
pub fn msleep(msecs: u32) {
    // SAFETY: It may be called wherever one may sleep.
    unsafe { bindings::msleep(msecs) };
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
}
