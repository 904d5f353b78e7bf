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

mod args;
mod format;
mod hashed;
mod line;
mod macros;
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
pub use line::{format_line, log};

/// Chooses between the two ways, by what the arguments are.
#[doc(hidden)]
pub struct Choose<T>(pub T);

/// The traits by which [`Choose`] chooses: its `print` is [`ByPrintk`](choose::ByPrintk)'s where
/// all arguments are [`PrintkArg`]s, and by one more reference [`ByFmt`](choose::ByFmt)'s otherwise.
#[doc(hidden)]
pub mod choose {
    use super::{Args, Choose, Format, format_line, line};
    use core::fmt;

    pub trait ByPrintk {
        fn print<F, const N: usize, S>(&self, _: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>));
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
    }

    pub trait ByFmt {
        fn print<F, const N: usize, S>(&self, format: S)
        where
            F: Format,
            S: FnOnce(fn(fmt::Arguments<'_>));
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
    }
}
