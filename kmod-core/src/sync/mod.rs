// SPDX-License-Identifier: GPL-2.0-only
//! Locks around the data that they protect.
//!
//! | where | use |
//! |---|---|
//! | process context: file operations, sysctls, `init` | [`Mutex`] |
//! | short, or where one must not sleep | [`SpinLock`] |
//! | also taken by an interrupt handler | [`SpinLock::lock_irqsave`] |
//! | a single number or flag | [`core::sync::atomic`] |
//!
//! A lock is made by an ordinary expression, and may be moved for as long as nobody borrows it. All
//! locks of a kind in a module are of one lockdep class.

mod lazy;
mod mutex;
mod spinlock;
#[cfg(test)]
mod tests;

pub use mutex::{Mutex, MutexGuard};
pub use spinlock::{SpinLock, SpinLockGuard, SpinLockIrqGuard};
