// SPDX-License-Identifier: GPL-2.0-only
//! What `#[sysctl]` says of a file besides its path.

use super::call::Piece;

/// How a field is shown and written.
#[derive(Clone, Copy)]
pub struct How<V> {
    /// The least and the greatest value; `None` for all of the type.
    pub range: Option<(V, V)>,
    /// How numbers are shown, if not in decimal.
    pub format: Option<Format>,
    /// What the file shows of jiffies.
    pub jiffies: Option<Jiffies>,
}

impl<V> How<V> {
    /// As the type is.
    pub const PLAIN: Self = Self {
        range: None,
        format: None,
        jiffies: None,
    };
}

/// How an unsigned number is shown. It is taken in any of the ways: `31`, `0x1f` or `037`.
#[derive(Clone, Copy)]
pub enum Format {
    /// `0x1f`
    Hex,
    /// `037`
    Octal,
}

impl Format {
    /// Shows a row of numbers, as the kernel's handlers separate it. No `core::fmt`: that is ten times as long.
    pub(super) fn show(self, numbers: impl Iterator<Item = u64>, to: &mut Piece<'_>) {
        let (prefix, bits): (&[u8], _) = match self {
            Format::Hex => (b"0x", 4),
            Format::Octal => (b"0", 3),
        };
        for (index, number) in numbers.enumerate() {
            if index > 0 {
                to.put(b"\t");
            }
            if number != 0 || bits == 4 {
                to.put(prefix);
            }
            let digits = (u64::BITS - number.leading_zeros()).div_ceil(bits).max(1);
            for digit in (0..digits).rev() {
                let digit = (number >> (digit * bits)) as usize & ((1 << bits) - 1);
                to.put(b"0123456789abcdef".get(digit..=digit).unwrap_or_default());
            }
        }
        to.put(b"\n");
    }
}

/// The file's unit where the field holds jiffies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Jiffies {
    /// `proc_dointvec_jiffies()`.
    Seconds,
    /// `proc_dointvec_userhz_jiffies()`.
    UserHz,
    /// `proc_dointvec_ms_jiffies()`, `proc_doulongvec_ms_jiffies_minmax()`.
    Ms,
}

/// A type that can have a `range`: an integer, or an array of them.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` has no `range`",
    label = "`range` belongs to an integer or an array of integers",
    note = "leave `range` out; a type of your own checks in its `write`"
)]
pub trait Ranged {}

/// A type that can have a `format`: an unsigned integer, or an array of them.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` has no `format`",
    label = "`format` belongs to an unsigned integer or an array of them",
    note = "leave `format` out, or make the field unsigned: what `0x…` shows of a negative number \
            could not be written back"
)]
pub trait Unsigned {}

/// A type that can hold jiffies.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` holds no jiffies",
    label = "the kernel keeps jiffies in an `AtomicI32`, `AtomicU64` or `AtomicUsize`",
    note = "make the field an `AtomicI32` or an array of them; in `ms` also an `AtomicU64`"
)]
pub trait HoldsJiffies {
    /// The kernel converts to and from milliseconds only, and takes a range.
    const MS_ONLY: bool;
}

/// Asks for a type that has ranges.
pub const fn ranged<T: Ranged>() {}

/// Asks for a type that has formats.
pub const fn formatted<T: Unsigned>() {}

/// Asks for a type that holds jiffies, and that the kernel can show in this unit.
///
/// # Panics
///
/// If it cannot; in a `const`, a compile error.
pub const fn jiffies<T: HoldsJiffies>(unit: Jiffies, range: bool) {
    assert!(
        !T::MS_ONLY || matches!(unit, Jiffies::Ms),
        "an unsigned number of jiffies is shown in `ms` only; make the field an `AtomicI32`"
    );
    assert!(
        T::MS_ONLY || !range,
        "an `AtomicI32` of jiffies has no `range`; make the field an `AtomicU64`, in `ms`"
    );
}
