// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls: files below `/proc/sys`, a field under `#[sysctl]` each.
//!
//! | field's type | file | errors of `write(2)` |
//! |---|---|---|
//! | [`AtomicBool`](core::sync::atomic::AtomicBool) | `0` or `1`; any `int` may be written, and is true unless 0 | EINVAL |
//! | atomic integers | a number | EINVAL, also for one outside of the range or the type |
//! | arrays of atomic integers | a row of numbers, tabs between them | the same; the numbers before are stored |
//! | [`SysctlString<N>`](SysctlString) | a line of text, cut to `N - 1` bytes | EINVAL when it is not UTF-8 |
//! | [`Setting<T>`](crate::params::Setting) | an enum's name, or what a parameter of type `T` is | that of its `ParamValue` |
//! | a type that implements [`Sysctl`] | what it writes and takes | whatever it returns |
//! | `KBox` or `Arc` of one of these | the same | the same |
//!
//! Numbers, times and text are parsed and shown by the kernel's own `proc_do*`, so that the files
//! behave as those of a C module: whitespace around a number, a write at an offset ignored, as
//! `kernel.sysctl_writes_strict` says. For what the kernel has no such function (signed 64-bit
//! numbers, arrays of small ones) the nearest one is asked.
//!
//! A path that exists already fails `insmod` with ENOMEM: `register_sysctl()` gives no errno, only
//! a line in the log. An unload waits for handlers that run.

mod call;
mod custom;
mod direct;
mod how;
mod number;
mod string;
mod table;
#[cfg(test)]
mod tests;

pub use call::Call;
pub use custom::{Sysctl, SysctlReader, SysctlWriter};
pub use direct::Direct;
pub use how::{Format, How, Jiffies};
pub use how::{formatted, jiffies, ranged};
pub use string::SysctlString;
pub use table::{SysctlEntries, SysctlEntry, SysctlField, SysctlHow, SysctlTable};

use crate::alloc::{Arc, KBox};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::ModuleState;
use crate::sync::Shared;

/// What the `range` of a type that has none would be made of.
#[derive(Clone, Copy, Debug)]
pub enum NoRange {}

/// A type that a field under `#[sysctl]` can have. A type of the module's own implements [`Sysctl`].
///
/// # Safety
/// The kernel's handlers may take a `Self` for what [`DIRECT`](SysctlCell::DIRECT) says that it is: it
/// has these numbers at its start, or the text where `DIRECT` says, atomic or behind the lock that the
/// handler takes.
#[diagnostic::on_unimplemented(
    message = "a sysctl cannot be a `{Self}`",
    label = "not a type for `#[sysctl]`",
    note = "use an atomic of `core::sync::atomic`, an array of atomic integers or a \
            `SysctlString`, or `impl Sysctl for {Self}`"
)]
pub unsafe trait SysctlCell: Shared {
    /// The module that the file's handlers use; `()` for none.
    type Module: ModuleState;
    /// What a `range` is made of.
    type Value: Copy + 'static;

    /// What the kernel's own handlers take a `Self` for, if they can answer as
    /// [`handle`](Self::handle) would.
    #[doc(hidden)]
    const DIRECT: Option<Direct> = None;

    /// Answers one read or write.
    ///
    /// # Errors
    ///
    /// What the system call is to return.
    #[doc(hidden)]
    fn handle(&self, module: &Self::Module, call: &mut Call<'_>, how: &How<Self::Value>) -> Result;

    /// Answers a read in a format, which only numbers have.
    ///
    /// # Errors
    ///
    /// What the system call is to return.
    #[doc(hidden)]
    fn show(&self, call: &mut Call<'_>, format: Format) -> Result {
        let _ = (call, format);
        Err(EINVAL)
    }
}

macro_rules! pointers {
    ($($pointer:ident)*) => {$(
        // SAFETY: The kernel's handlers take it for nothing.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: SysctlCell + Send + Sync> SysctlCell for $pointer<T> {
            type Module = T::Module;
            type Value = T::Value;

            fn handle(&self, module: &T::Module, call: &mut Call<'_>, how: &SysctlHow<T>) -> Result {
                T::handle(self, module, call, how)
            }

            fn show(&self, call: &mut Call<'_>, format: Format) -> Result {
                T::show(self, call, format)
            }
        }

        impl<T: how::Ranged> how::Ranged for $pointer<T> {}
        impl<T: how::Unsigned> how::Unsigned for $pointer<T> {}
        impl<T: how::HoldsJiffies> how::HoldsJiffies for $pointer<T> {
            const MS_ONLY: bool = T::MS_ONLY;
        }
    )*};
}

pointers!(KBox Arc);
