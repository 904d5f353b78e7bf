// SPDX-License-Identifier: GPL-2.0-only
//! Values that are files by themselves, in `/proc`, debugfs and sysfs: numbers and rows of them, bools,
//! texts, and settings.

use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use crate::alloc::{GFP_KERNEL, KVec};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::params::{ParamValue, ParamWriter};
use crate::str::{Terminated, is_utf8, parse};
use crate::sync::SpinLockIrq;
use crate::sysctl::{Sysctl, SysctlReader, SysctlString, SysctlWriter};
use crate::uaccess::UserReader;

/// What is read and written at once, in bytes: a page, without a NUL.
pub const PAGE: usize = 4095;

/// What takes the text of a value.
pub trait Line {
    /// Adds text.
    fn add(&mut self, text: &str);

    /// Adds whether something is on, in the way of such files.
    fn switch(&mut self, on: bool);

    /// Has `f` write text into the room that there is, and return how much.
    ///
    /// # Errors
    ///
    /// That of `f`; `ENOMEM` if there is no room to be had.
    fn with_room(&mut self, f: impl FnOnce(&mut [u8]) -> Result<usize>) -> Result;

    /// Adds a number in base 10. That it goes without `core::fmt` saves 2 kB of a module that needs it for
    /// nothing else.
    fn number(&mut self, number: impl itoa::Integer) {
        self.add(itoa::Buffer::new().format(number));
    }
}

/// A value that is a file.
pub trait Value {
    /// Its text, without the newline at its end.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn show(&self, to: &mut impl Line) -> Result;

    /// Takes the whole text of a `write(2)`, up to a NUL, or nothing.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn store(&self, text: Terminated<'_>) -> Result;

    /// The same, of user memory.
    ///
    /// # Errors
    ///
    /// The same, and `EINVAL` if it is more than [`PAGE`], `ENOMEM` if there is no memory, `EFAULT` if that memory
    /// is not all there.
    fn take(&self, from: &mut UserReader<'_>) -> Result {
        let len = from.len();
        if len > PAGE {
            return Err(EINVAL);
        }
        let mut text = KVec::from_elem(0, len + 1, GFP_KERNEL)?;
        from.read(text.get_mut(..len).unwrap_or_default())?;
        // SAFETY: The byte behind what was read is a NUL.
        self.store(unsafe { Terminated::new(text.as_ptr().cast()) })
    }
}

/// Has a macro implement a trait for all of them: by name, so that the compiler says of other types what they
/// lack, and not of what.
macro_rules! each_value {
    ($implement:ident) => {
        $implement! {
            [] AtomicBool,
            [] AtomicI8,
            [] AtomicI16,
            [] AtomicI32,
            [] AtomicI64,
            [] AtomicIsize,
            [] AtomicU8,
            [] AtomicU16,
            [] AtomicU32,
            [] AtomicU64,
            [] AtomicUsize,
            [const N: usize] [AtomicI8; N],
            [const N: usize] [AtomicI16; N],
            [const N: usize] [AtomicI32; N],
            [const N: usize] [AtomicI64; N],
            [const N: usize] [AtomicIsize; N],
            [const N: usize] [AtomicU8; N],
            [const N: usize] [AtomicU16; N],
            [const N: usize] [AtomicU32; N],
            [const N: usize] [AtomicU64; N],
            [const N: usize] [AtomicUsize; N],
            [const N: usize] SysctlString<N>,
            [T: ParamValue] Setting<T>,
        }
    };
}

pub(crate) use each_value;

/// Each is added to its text so.
macro_rules! single {
    ($($type:ty: $add:ident,)*) => {$(
        impl Value for $type {
            fn show(&self, to: &mut impl Line) -> Result {
                to.$add(self.load(Ordering::Relaxed));
                Ok(())
            }

            fn store(&self, text: Terminated<'_>) -> Result {
                self.store(text.parse()?, Ordering::Relaxed);
                Ok(())
            }

            /// Without memory for the text.
            fn take(&self, from: &mut UserReader<'_>) -> Result {
                self.store(from.parse()?, Ordering::Relaxed);
                Ok(())
            }
        }
    )*};
}

single! {
    AtomicBool: switch,
    AtomicI8: number,
    AtomicI16: number,
    AtomicI32: number,
    AtomicI64: number,
    AtomicIsize: number,
    AtomicU8: number,
    AtomicU16: number,
    AtomicU32: number,
    AtomicU64: number,
    AtomicUsize: number,
}

macro_rules! rows {
    ($($type:ty: $number:ty,)*) => {$(
        /// All of them are taken, or none.
        impl<const N: usize> Value for [$type; N] {
            fn show(&self, to: &mut impl Line) -> Result {
                for (index, number) in self.iter().enumerate() {
                    if index > 0 {
                        to.add(" ");
                    }
                    to.number(number.load(Ordering::Relaxed));
                }
                Ok(())
            }

            fn store(&self, text: Terminated<'_>) -> Result {
                let mut words = words(text.to_bytes());
                let mut new: [$number; N] = [0; N];
                for number in &mut new {
                    *number = parse(words.next().ok_or(EINVAL)?)?;
                }
                if words.next().is_some() {
                    return Err(EINVAL);
                }
                for (number, new) in self.iter().zip(new) {
                    number.store(new, Ordering::Relaxed);
                }
                Ok(())
            }
        }
    )*};
}

rows! {
    AtomicI8: i8,
    AtomicI16: i16,
    AtomicI32: i32,
    AtomicI64: i64,
    AtomicIsize: isize,
    AtomicU8: u8,
    AtomicU16: u16,
    AtomicU32: u32,
    AtomicU64: u64,
    AtomicUsize: usize,
}

/// What stands between spaces.
fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
}

/// A line, without its newline.
fn line(text: &[u8]) -> Result<&str> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    if !is_utf8(text) {
        return Err(EINVAL);
    }
    // SAFETY: It has just been looked at.
    Ok(unsafe { str::from_utf8_unchecked(text) })
}

impl<const N: usize> Value for SysctlString<N> {
    fn show(&self, to: &mut impl Line) -> Result {
        self.with(|text| to.add(text));
        Ok(())
    }

    fn store(&self, text: Terminated<'_>) -> Result {
        self.set(line(text.to_bytes())?)
    }
}

/// A value of a type that parameters can have, and a file by itself: under
/// [`#[sysctl]`](macro@crate::sysctl), [`#[proc]`](macro@crate::proc),
/// [`#[debugfs]`](macro@crate::debugfs) or [`#[sysfs]`](macro@crate::sysfs). Of an enum it is one of the names.
///
/// The text is a [`ParamValue`]'s: `#[derive(ParamEnum)]` writes it for an enum. It may be read and set in every
/// context.
///
/// ```
/// use kmod_core::prelude::*;
///
/// #[derive(Clone, Copy, PartialEq, Debug, ParamEnum)]
/// enum Bass {
///     Flat,
///     Boost,
/// }
///
/// let bass = Setting::new(Bass::Flat);
/// bass.set(Bass::Boost);
/// assert_eq!(bass.get(), Bass::Boost);
/// ```
pub struct Setting<T: ParamValue>(SpinLockIrq<T>);

impl<T: ParamValue> Setting<T> {
    /// A value to begin with.
    #[track_caller]
    pub const fn new(value: T) -> Self {
        Self(SpinLockIrq::new(value))
    }

    /// The present value.
    pub fn get(&self) -> T {
        self.0.with(|value| *value)
    }

    /// Replaces the value.
    pub fn set(&self, new: T) {
        self.0.with(|value| *value = new);
    }
}

impl<T: ParamValue + Default> Default for Setting<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ParamValue> Value for Setting<T> {
    fn show(&self, to: &mut impl Line) -> Result {
        let value = self.get();
        to.with_room(|room| ParamWriter::written(room, |to| value.show(to)))
    }

    fn store(&self, text: Terminated<'_>) -> Result {
        self.set(T::parse(line(text.to_bytes())?)?);
        Ok(())
    }
}

impl<T: ParamValue> Sysctl for Setting<T> {
    type Module = ();

    fn read(&self, (): &(), to: &mut SysctlWriter<'_>) -> Result {
        to.with_text(|room| {
            let written = ParamWriter::written(room, |to| self.get().show(to))?;
            if let Some(end) = room.get_mut(written) {
                *end = b'\n';
            }
            Ok(written + 1)
        })
    }

    fn write(&self, (): &(), data: &SysctlReader<'_>) -> Result {
        self.set(T::parse(line(data)?)?);
        Ok(())
    }
}
