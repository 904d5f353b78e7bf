// SPDX-License-Identifier: GPL-2.0-only
//! Waiting for some time: `<linux/delay.h>`.

use core::time::Duration;

use kmod_bindings as bindings;

/// Sleeps for at least so many milliseconds, whatever signals come. To be used where sleeping is
/// allowed.
pub fn msleep(msecs: u32) {
    // SAFETY: It may be called wherever one may sleep.
    unsafe { bindings::msleep(msecs) };
}

/// Sleeps for at least so many seconds, as [`msleep`] does.
pub fn ssleep(seconds: u32) {
    msleep(seconds.saturating_mul(1000));
}

/// Sleeps for between `min` and `max` microseconds, whatever signals come; `max` is at least `min`.
/// The wider the range, the fewer interrupts it costs. To be used where sleeping is allowed.
pub fn usleep_range(min: u32, max: u32) {
    // SAFETY: It may be called wherever one may sleep; the range is one, and far from what 64 bits
    // of nanoseconds can hold.
    unsafe { bindings::kmod_usleep_range(min.into(), min.max(max).into()) };
}

/// Waits for at least so long, in the way that suits the length: up to 10 µs busy, then sleeping,
/// up to twice as long as asked for. To be used where sleeping is allowed.
pub fn fsleep(duration: Duration) {
    // As long as `msleep()` can be told.
    const MAX: u64 = u32::MAX as u64 * 1000;
    let micros = duration.as_secs().saturating_mul(1_000_000);
    let micros = micros.saturating_add(duration.subsec_nanos().div_ceil(1000).into());
    // SAFETY: It may be called wherever one may sleep; the length is one that it can round up.
    unsafe { bindings::kmod_fsleep(micros.min(MAX)) };
}

/// Waits busily for about so many microseconds; may be used anywhere.
///
/// Nothing else runs on this processor meanwhile, unless it may be preempted: C allows 20,000 at
/// most, and the type of the argument 65,535, which the kernel's arithmetic can take.
pub fn udelay(usecs: u16) {
    // SAFETY: It may be called anywhere, and takes any `u16`.
    unsafe { bindings::kmod_udelay(usecs) };
}

/// Waits busily for about so many nanoseconds, as [`udelay`] does.
pub fn ndelay(nsecs: u16) {
    // SAFETY: As for `udelay`.
    unsafe { bindings::kmod_ndelay(nsecs) };
}
