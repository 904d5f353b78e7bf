// SPDX-License-Identifier: GPL-2.0-only
//! Clocks, the kernel's tick, and waiting for some time.
//!
//! | to | use |
//! |---|---|
//! | measure how long something takes | [`Instant`] |
//! | know the date | [`realtime`] |
//! | know how long the system is up | [`boottime`] |
//! | compare times cheaply, and coarsely | [`Jiffies`] |
//! | wait, sleeping | [`fsleep`]; [`msleep`], [`ssleep`], [`usleep_range`] |
//! | wait where sleeping is not allowed | [`udelay`], [`ndelay`] |

mod clock;
mod delay;
mod jiffies;

pub use clock::{Instant, boottime, realtime};
pub use core::time::Duration;
pub use delay::{fsleep, msleep, ndelay, ssleep, udelay, usleep_range};
pub use jiffies::{HZ, Jiffies, jiffies_to_msecs, msecs_to_jiffies};

/// A duration in milliseconds, rounded up; the greatest number for longer ones.
pub(crate) fn msecs(duration: Duration) -> u64 {
    let whole = duration.as_secs().saturating_mul(1000);
    whole.saturating_add(duration.subsec_nanos().div_ceil(1_000_000).into())
}
