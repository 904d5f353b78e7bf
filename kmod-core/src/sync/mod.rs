// SPDX-License-Identifier: GPL-2.0-only
//! Locks, and the queues in which tasks wait for something to become true.
//!
//! | if the lock is held | take |
//! |---|---|
//! | only by code that may sleep, perhaps for long | [`Mutex`] |
//! | the same, and most only read | [`RwLock`] |
//! | for a few instructions, also by code that must not sleep, but only by tasks | [`SpinLock`] |
//! | for a few instructions, and a timer's handler takes it, too | [`SpinLockBh`] |
//! | for a few instructions, and an interrupt's handler takes it, too | [`SpinLockIrq`] |
//! | not at all by those who read a small value | [`SeqLock`] |
//! | not at all by those who read any value, which is replaced as a whole | [`Rcu`] |
//! | the same, and they sleep while they read | [`Srcu`] |
//! | to make a value once | [`OnceLock`] |
//!
//! A number or a flag alone needs none: `core::sync::atomic` is in the prelude. What is counted often
//! and asked for seldom is a [`PerCpuCounter`](crate::percpu::PerCpuCounter); how many
//! users something has, a [`Refcount`]. To sleep until
//! something is so, or to be polled, take a [`WaitQueue`]; until somebody has done something, a
//! [`Completion`].
//!
//! All are made by an ordinary expression and may be moved while nobody holds them or waits; none has
//! to be pinned. Nothing bad comes of a guard that is forgotten but that its lock stays locked.
//!
//! A kernel with lockdep (`CONFIG_PROVE_LOCKING`) watches locks and wait queues: each that is a part
//! of the module's struct or of a `static` is a class, and so is each place in the source that makes
//! those on the heap (for `#[derive(Default)]` that is the attribute). Of one module's mutexes it sees
//! 64 classes.

mod completion;
mod holder;
mod mutex;
mod once_lock;
mod published;
mod rcu;
mod refcount;
mod rwlock;
mod seqlock;
mod shared;
mod site;
mod spinlock;
mod spinlock_masking;
mod srcu;
#[cfg(test)]
mod tests;
mod wait_queue;

pub use completion::Completion;
pub(crate) use holder::keep_task;
pub use mutex::{Mutex, MutexGuard};
pub use once_lock::OnceLock;
pub use rcu::Rcu;
pub use refcount::Refcount;
pub use rwlock::RwLock;
pub use seqlock::SeqLock;
pub use shared::Shared;
#[doc(hidden)]
pub use shared::{IsShared, NotShared, assert_shared};
pub use spinlock::SpinLock;
pub use spinlock_masking::{SpinLockBh, SpinLockIrq};
pub use srcu::Srcu;
pub(crate) use wait_queue::end_sleeps;
pub use wait_queue::{Wait, WaitQueue};
