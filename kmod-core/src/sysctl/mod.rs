// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls: files below `/proc/sys`, a field under `#[sysctl]` each.
//!
//! | field's type | file | errors of `write(2)` |
//! |---|---|---|
//! | [`AtomicBool`](core::sync::atomic::AtomicBool) | `0` or `1`; any `int` may be written, and is true unless 0 | EINVAL |
//! | `AtomicI8` to `AtomicI32`, `AtomicU8` to `AtomicU32` | a number | EINVAL, also for one outside of the range or the type |
//! | `AtomicI64`, `AtomicIsize`, `AtomicU64`, `AtomicUsize` | a number | the same |
//! | [`SysctlString<N>`](SysctlString) | a line of text, cut to `N - 1` bytes | EINVAL when it is not UTF-8 |
//! | a type that implements [`Sysctl`] | what it writes and takes | whatever it returns |
//! | `KBox` or `Arc` of one of these | the same | the same |
//!
//! Numbers and text are parsed and shown by the kernel's own `proc_dointvec_minmax()`,
//! `proc_douintvec()`, `proc_doulongvec_minmax()` and `proc_dostring()`, so that the files behave
//! as those of a C module: one value, whitespace around it, a write at an offset ignored, as
//! `kernel.sysctl_writes_strict` says. The kernel has no such function for signed 64-bit numbers;
//! theirs behaves as the others.
//!
//! A path that exists already fails `insmod` with ENOMEM: `register_sysctl()` gives no errno, only
//! a line in the log. An unload waits for handlers that run.

mod call;
mod custom;
mod number;
mod string;
mod table;
#[cfg(test)]
mod tests;

pub use call::Call;
pub use custom::{Sysctl, SysctlWriter};
pub use string::SysctlString;
pub use table::{SysctlField, SysctlRange, SysctlTable};

use crate::alloc::{Arc, KBox};
use crate::error::Result;
use crate::sync::Shared;

/// A type that a field under `#[sysctl]` can have.
#[diagnostic::on_unimplemented(
    message = "a sysctl cannot be a `{Self}`",
    label = "not a type for `#[sysctl]`",
    note = "use an atomic of `core::sync::atomic` or a `SysctlString`, or `impl Sysctl for {Self}`"
)]
pub trait SysctlCell: Shared {
    /// What a `range` is made of.
    type Value: Copy + 'static;

    /// Answers one read or write.
    ///
    /// # Errors
    ///
    /// What the system call is to return.
    #[doc(hidden)]
    fn handle(&self, call: &mut Call<'_>, range: Option<(Self::Value, Self::Value)>) -> Result;
}

macro_rules! pointers {
    ($($pointer:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: SysctlCell + Send + Sync> SysctlCell for $pointer<T> {
            type Value = T::Value;

            fn handle(&self, call: &mut Call<'_>, range: SysctlRange<T>) -> Result {
                T::handle(self, call, range)
            }
        }
    )*};
}

pointers!(KBox Arc);
