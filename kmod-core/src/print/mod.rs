// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's log: `pr_info!` and its kin.
//!
//! They take what [`format_args!`] takes, and put the module's name before the text as
//! `pr_fmt(KBUILD_MODNAME ": " fmt)` does in C. A newline is added where there is none.
//!
//! `{}` of integers, `bool`, text and [`Error`](crate::Error), and `{:x}` and its kin of integers,
//! become a `printk` format at compile time and cost what they cost in C; text ends at a NUL then.
//! Anything else is formatted by [`core::fmt`] into 1 KiB of stack first. Either way the kernel
//! cuts long lines (at `LOG_LINE_MAX`).
//!
//! `{:p}` shows what C's `%p` does: a number that stands for the address, and not where the kernel's
//! memory is (unless the kernel was started with `no_hash_pointers`). That is so in these messages only:
//! `{:?}` of a raw pointer, and `{:p}` in what is written elsewhere, are the address itself, as C's `%px`.
//!
//! A line that [`pr_cont!`](crate::pr_cont) goes on with begins with `cont;`, which leaves the
//! newline out: `pr_info!(cont; "ports:"); pr_cont!(cont; " {a}"); pr_cont!(" {b}");`.
//!
//! # Not too often
//!
//! At every level, [`pr_debug!`](crate::pr_debug) included, and for devices, too:
//!
//! | | in C |
//! |---|---|
//! | `pr_warn!(once; "the firmware is old")` | `pr_warn_once()`: the first time only, on whichever CPU that is |
//! | `pr_err!(ratelimited; "lost {lost} bytes")` | `pr_err_ratelimited()`: ten in five seconds; the log says how many were left out |
//! | `pr_info!(hex; "header: ", &bytes)` | `print_hex_dump_bytes()`: 16 bytes a line, with offsets and ASCII, and without the module's name |
//!
//! # From anywhere
//!
//! Printing waits for locks of the log, of the console's driver and of the scheduler. A probe's or a tracepoint's
//! handler runs wherever the kernel is, with these held, too: there a message that prints would wait for ever, and
//! the build refuses it. `pr_info!(deferred; "…")` keeps the message, without a lock, and a worker prints it as
//! soon as it may: C's `printk_deferred()`, which no kernel exports. It needs `license = "GPL"`.
//!
//! - 64 messages wait at most, with 254 bytes each, level and name included: a longer one is cut, and of those that
//!   find no room the log says how many there were.
//! - Time and task of its line in the log are the worker's.
//! - What the worker comes by while it prints is not logged in turn.
//! - Before `init` and when the module is gone, where a parameter's `validate` may run, it is printed at once.
//!
//! # Of a device
//!
//! `dev_info!(device, "…")` and its kin put the driver's and the device's name before the text, and tell the
//! log's readers which device it is. A device is what [`HasDevice`] is of: what `probe` is given.

mod args;
pub(crate) mod deferred;
mod format;
mod hashed;
mod limit;
mod line;
mod macros;
mod place;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use args::CStrPtr;
#[doc(hidden)]
pub use args::{Args, Kind, PrintkArg, Words};
#[doc(hidden)]
pub use format::{Format, Level, Piece, Style};
#[doc(hidden)]
pub use hashed::{IsOther, IsPointer, Pointer};
#[doc(hidden)]
pub use limit::{Once, RateLimit};
#[doc(hidden)]
pub use line::{format_line, format_line_deferred, format_line_to, hex_dump, log};
#[cfg(target_os = "none")]
#[doc(hidden)]
pub use place::MODULE_NAME;
#[doc(hidden)]
pub use place::{
    BRANCHES, KEY, KEY_WORDS, NOWHERE, PLACES, Place, SIZE, Text, function_around,
    line_class_flags, path_of,
};
pub use target::HasDevice;
#[doc(hidden)]
pub use target::Target;

/// Chooses between the two ways, by what the arguments are.
#[doc(hidden)]
pub struct Choose<T>(pub T);

/// The traits by which [`Choose`] chooses: its `print` is [`ByPrintk`](choose::ByPrintk)'s where
/// all arguments are [`PrintkArg`]s, and by one more reference [`ByFmt`](choose::ByFmt)'s otherwise.
#[doc(hidden)]
pub mod choose {
    use super::{
        Args, Choose, Format, Target, format_line, format_line_deferred, format_line_to, line,
    };
    use core::fmt;

    pub trait ByPrintk {
        fn print<F, const N: usize, S>(&self, _: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>));

        fn print_deferred<F, const N: usize, S>(&self, _: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>));

        fn print_to<F, const N: usize, S>(&self, to: Target<'_>, _: S)
        where
            F: Format,
            S: FnOnce(fn(Target<'_>, fmt::Arguments<'_>));
    }

    impl<T: Args> ByPrintk for Choose<T> {
        #[inline(always)]
        fn print<F, const N: usize, S>(&self, _: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>)),
        {
            line::by_printk::<F, T, N>(&self.0);
        }

        #[inline(always)]
        fn print_deferred<F, const N: usize, S>(&self, _: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>)),
        {
            line::by_printk_to::<F, T, N>(Target::LATER, &self.0);
        }

        #[inline(always)]
        fn print_to<F, const N: usize, S>(&self, to: Target<'_>, _: S)
        where
            F: Format,
            S: FnOnce(fn(Target<'_>, fmt::Arguments<'_>)),
        {
            line::by_printk_to::<F, T, N>(to, &self.0);
        }
    }

    pub trait ByFmt {
        fn print<F, const N: usize, S>(&self, format: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>));

        fn print_deferred<F, const N: usize, S>(&self, format: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>));

        fn print_to<F, const N: usize, S>(&self, to: Target<'_>, format: S)
        where
            F: Format,
            S: FnOnce(fn(Target<'_>, fmt::Arguments<'_>));
    }

    impl<T> ByFmt for &Choose<T> {
        #[inline(always)]
        fn print<F, const N: usize, S>(&self, format: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>)),
        {
            format(format_line::<F>);
        }

        #[inline(always)]
        fn print_deferred<F, const N: usize, S>(&self, format: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>)),
        {
            format(format_line_deferred::<F>);
        }

        #[inline(always)]
        fn print_to<F, const N: usize, S>(&self, _to: Target<'_>, format: S)
        where
            F: Format,
            S: FnOnce(fn(Target<'_>, fmt::Arguments<'_>)),
        {
            format(format_line_to::<F>);
        }
    }
}
