// SPDX-License-Identifier: GPL-2.0-only
//! The clocks of `<linux/timekeeping.h>`.

use core::mem::MaybeUninit;
use core::ops::{Add, Sub};
use core::time::Duration;

use kmod_bindings as bindings;

/// A point of the clock that never goes back, and stands still while the system is suspended:
/// `ktime_get()`. Only a module under the GPL can use it, as in C.
///
/// ```
/// use kmod_core::time::{Duration, Instant};
///
/// let deadline = Instant::now() + Duration::from_millis(20);
/// let late = Instant::now() > deadline;
/// # let _ = late;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// Now.
    #[inline]
    pub fn now() -> Self {
        // SAFETY: It may be called anywhere but in an NMI, where no handler runs.
        Self(unsafe { bindings::ktime_get() })
    }

    /// How long ago this was; zero if it is still to come.
    pub fn elapsed(self) -> Duration {
        Self::now() - self
    }
}

impl Sub for Instant {
    type Output = Duration;

    /// How much later this is than `earlier`; zero if it is not.
    fn sub(self, earlier: Self) -> Duration {
        let nanos = self.0.saturating_sub(earlier.0);
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(0))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    /// So much later, or the last instant that there is.
    fn add(self, after: Duration) -> Self {
        let nanos = after.as_secs().saturating_mul(1_000_000_000);
        let nanos = nanos.saturating_add(after.subsec_nanos().into());
        Self(self.0.saturating_add_unsigned(nanos))
    }
}

/// The time since the system was booted, suspended or not: `ktime_get_boottime()`. Only a module
/// under the GPL can use it, as in C.
pub fn boottime() -> Duration {
    // SAFETY: As for `ktime_get()`.
    Duration::from_nanos(unsafe { bindings::kmod_ktime_get_boottime_ns() })
}

/// The time since the beginning of 1970, in UTC: `ktime_get_real_ts64()`. It jumps when the clock
/// is set.
pub fn realtime() -> Duration {
    let mut time = MaybeUninit::uninit();
    // SAFETY: It may be called anywhere but in an NMI, and there is room for what it writes.
    unsafe { bindings::ktime_get_real_ts64(time.as_mut_ptr()) };
    // SAFETY: The function has written it.
    let time = unsafe { time.assume_init() };
    // The kernel's clock is never set to before 1970, and the rest is less than a second.
    let nanos = u32::try_from(time.tv_nsec).unwrap_or(0);
    Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or(0))
        .saturating_add(Duration::from_nanos(nanos.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_never_negative() {
        let (early, late) = (Instant(5), Instant(1_000_000_007));
        assert_eq!(late - early, Duration::new(1, 2));
        assert_eq!(early - late, Duration::ZERO);
        assert_eq!(Instant(i64::MIN) - Instant(i64::MAX), Duration::ZERO);
        assert!(early < late);
    }

    #[test]
    fn the_last_instant_is_the_last() {
        assert_eq!(Instant(1) + Duration::new(1, 2), Instant(1_000_000_003));
        assert_eq!(Instant(1) + Duration::MAX, Instant(i64::MAX));
    }
}
