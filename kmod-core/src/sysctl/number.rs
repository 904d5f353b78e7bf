// SPDX-License-Identifier: GPL-2.0-only
//! `bool`, the integers, and arrays of integers.
//!
//! Where the kernel has a handler for the type, it works on the field itself. A `bool` and the
//! smaller integers go by way of copies, and what the kernel changes of these is stored.

use core::ffi::{c_int, c_long, c_uint, c_ulong};
use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use super::call::Number;
use super::how::{HoldsJiffies, Ranged, Unsigned};
use super::{Call, Direct, Format, How, NoRange, SysctlCell};
use crate::alloc::{GFP_KERNEL, KVec};
use crate::error::Result;
use crate::error::code::EINVAL;

// SAFETY: It is laid out as a `bool`, of which the kernel's handler writes 0 and 1, at once.
unsafe impl SysctlCell for AtomicBool {
    type Module = ();
    type Value = NoRange;

    const DIRECT: Option<Direct> = Direct::BOOL;

    fn handle(&self, (): &(), call: &mut Call<'_>, _: &How<NoRange>) -> Result {
        let old = c_int::from(self.load(Ordering::Relaxed));
        let mut value = old;
        // SAFETY: One number, and nobody else's.
        unsafe { call.numbers(&raw mut value, 1, (c_int::MIN, c_int::MAX), None) }?;
        if value != old {
            self.store(value != 0, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// An atomic integer.
///
/// # Safety
///
/// It is one of what [`DIRECT`](Integer::DIRECT) says, if that says something.
pub unsafe trait Integer: Sized + Send + Sync + 'static {
    /// Its value.
    type Value: Copy + 'static;
    /// What the kernel has a handler for, in which such a value fits.
    type Number: Number;
    /// The least and the greatest value.
    const ALL: (Self::Value, Self::Value);
    /// What the kernel's own handlers take it for.
    const DIRECT: Option<Direct>;

    /// The value for the kernel.
    fn number(value: Self::Value) -> Self::Number;
    /// Its value, for the kernel.
    fn get(&self) -> Self::Number;
    /// Stores a number that is a value of the type.
    fn set(&self, number: Self::Number);
    /// Its value, for the formats, which only unsigned types have.
    fn bits(&self) -> u64;

    /// Answers a call to an array.
    ///
    /// # Errors
    ///
    /// What the kernel's handler returns.
    fn vector(cells: &[Self], call: &mut Call<'_>, how: &How<Self::Value>) -> Result;

    /// Answers a call to a single one.
    ///
    /// # Errors
    ///
    /// What the kernel's handler returns.
    fn single(&self, call: &mut Call<'_>, how: &How<Self::Value>) -> Result;
}

// SAFETY: `N` of what `A::DIRECT` says lie one after the other (`Integer`'s contract).
unsafe impl<A: Integer, const N: usize> SysctlCell for [A; N] {
    type Module = ();
    type Value = A::Value;

    const DIRECT: Option<Direct> = match A::DIRECT {
        Some(direct) => direct.row(N),
        None => None,
    };

    fn handle(&self, (): &(), call: &mut Call<'_>, how: &How<A::Value>) -> Result {
        match how.format {
            Some(format) if !call.is_write() => self.show(call, format),
            _ => A::vector(self, call, how),
        }
    }

    fn show(&self, call: &mut Call<'_>, format: Format) -> Result {
        show(self, call, format)
    }
}

/// Answers a read of numbers that have a format.
fn show<A: Integer>(cells: &[A], call: &mut Call<'_>, format: Format) -> Result {
    call.text(|to| format.show(cells.iter().map(A::bits), to))
}

/// The range for the kernel.
fn range<A: Integer>(how: &How<A::Value>) -> (A::Number, A::Number) {
    let (min, max) = how.range.unwrap_or(A::ALL);
    (A::number(min), A::number(max))
}

/// An integer that is laid out as its `Number`.
///
/// # Safety
///
/// It is.
unsafe trait Native: Integer {}

/// Has the kernel work on the fields themselves.
fn in_place<A: Native>(cells: &[A], call: &mut Call<'_>, how: &How<A::Value>) -> Result {
    let values = cells.as_ptr().cast_mut().cast::<A::Number>();
    // SAFETY: These are as many atomics, borrowed, so they may be written; the kernel accesses each
    // at once, as we do.
    unsafe { call.numbers(values, cells.len(), range::<A>(how), how.jiffies) }
}

/// Has the kernel work on `new`, which begins as `old` does, and stores what that changes, also
/// where it refuses a later number.
fn by_copies<A: Integer>(
    cells: &[A],
    old: &[A::Number],
    new: &mut [A::Number],
    call: &mut Call<'_>,
    how: &How<A::Value>,
) -> Result {
    // SAFETY: That many numbers, and nobody else's.
    let result = unsafe { call.numbers(new.as_mut_ptr(), new.len(), range::<A>(how), None) };
    for (cell, (new, old)) in cells.iter().zip(new.iter().zip(old)) {
        if new != old {
            // The range is within the type.
            cell.set(*new);
        }
    }
    result
}

/// Has the kernel work on copies.
fn copies<A: Integer>(cells: &[A], call: &mut Call<'_>, how: &How<A::Value>) -> Result {
    let mut numbers = KVec::with_capacity(2 * cells.len(), GFP_KERNEL)?;
    for cell in cells {
        numbers.push(cell.get(), GFP_KERNEL)?;
    }
    for index in 0..cells.len() {
        let number = *numbers.get(index).ok_or(EINVAL)?;
        numbers.push(number, GFP_KERNEL)?;
    }
    let (old, new) = numbers.split_at_mut(cells.len());
    by_copies(cells, old, new, call, how)
}

/// Has the kernel work on a copy.
fn copy<A: Integer>(cell: &A, call: &mut Call<'_>, how: &How<A::Value>) -> Result {
    let old = [cell.get()];
    by_copies(core::slice::from_ref(cell), &old, &mut { old }, call, how)
}

/// Has the kernel work on an `unsigned int`. It has no arrays of them.
fn uint<A: Integer<Number = c_ulong>>(
    cell: &A,
    call: &mut Call<'_>,
    how: &How<A::Value>,
) -> Result {
    let (min, max) = range::<A>(how);
    let old = cell.get() as c_uint;
    let mut new = old;
    call.uint(&mut new, (min as c_uint, max as c_uint))?;
    if new != old {
        // The range is within the type.
        cell.set(new.into());
    }
    Ok(())
}

/// As an array of one.
fn native<A: Native>(cell: &A, call: &mut Call<'_>, how: &How<A::Value>) -> Result {
    in_place(core::slice::from_ref(cell), call, how)
}

macro_rules! integers {
    ($($atomic:ident: $type:ident as $number:ty, $single:ident, $vector:ident, $direct:expr;)*) => {$(
        // SAFETY: An atomic is laid out as its integer; the table below names those that have C's size.
        unsafe impl Integer for $atomic {
            type Value = $type;
            type Number = $number;
            const ALL: ($type, $type) = ($type::MIN, $type::MAX);
            const DIRECT: Option<Direct> = $direct;

            fn number(value: $type) -> $number {
                value as $number
            }

            fn get(&self) -> $number {
                self.load(Ordering::Relaxed) as $number
            }

            fn set(&self, number: $number) {
                self.store(number as $type, Ordering::Relaxed);
            }

            fn bits(&self) -> u64 {
                self.load(Ordering::Relaxed) as u64
            }

            fn vector(cells: &[Self], call: &mut Call<'_>, how: &How<$type>) -> Result {
                $vector(cells, call, how)
            }

            fn single(&self, call: &mut Call<'_>, how: &How<$type>) -> Result {
                $single(self, call, how)
            }
        }

        // SAFETY: It is one of what `Integer::DIRECT` says (its contract).
        unsafe impl SysctlCell for $atomic {
            type Module = ();
            type Value = $type;

            const DIRECT: Option<Direct> = <Self as Integer>::DIRECT;

            fn handle(&self, (): &(), call: &mut Call<'_>, how: &How<$type>) -> Result {
                match how.format {
                    Some(format) if !call.is_write() => self.show(call, format),
                    _ => self.single(call, how),
                }
            }

            fn show(&self, call: &mut Call<'_>, format: Format) -> Result {
                show(core::slice::from_ref(self), call, format)
            }
        }

        impl Ranged for $atomic {}
    )*};
}

integers! {
    AtomicI8: i8 as c_int, copy, copies, None;
    AtomicI16: i16 as c_int, copy, copies, None;
    AtomicI32: i32 as c_int, native, in_place, Some(Direct::Int(1));
    AtomicI64: i64 as c_long, native, in_place, None;
    AtomicIsize: isize as c_long, native, in_place, None;
    AtomicU8: u8 as c_ulong, uint, copies, None;
    AtomicU16: u16 as c_ulong, uint, copies, None;
    AtomicU32: u32 as c_ulong, uint, copies, Some(Direct::Uint);
    AtomicU64: u64 as c_ulong, native, in_place, Some(Direct::Ulong(1));
    AtomicUsize: usize as c_ulong, native, in_place, Some(Direct::Ulong(1));
}

const _: () = assert!(
    size_of::<c_long>() == size_of::<u64>(),
    "a 64-bit sysctl is a C `long`: only 64-bit kernels are supported"
);

// SAFETY: Atomics are laid out as their integers, and C's `int` has 32 bits.
unsafe impl Native for AtomicI32 {}
// SAFETY: C's `long` has 64 bits (above).
unsafe impl Native for AtomicI64 {}
// SAFETY: C's `long` has 64 bits, as `isize` has there.
unsafe impl Native for AtomicIsize {}
// SAFETY: C's `unsigned long` has 64 bits, as its `long` (above).
unsafe impl Native for AtomicU64 {}
// SAFETY: C's `unsigned long` has 64 bits, as `usize` has there.
unsafe impl Native for AtomicUsize {}

macro_rules! marks {
    ($($atomic:ident)*) => {$(
        impl Unsigned for $atomic {}
    )*};
}

marks!(AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicUsize);

impl<A: Ranged, const N: usize> Ranged for [A; N] {}
impl<A: Unsigned, const N: usize> Unsigned for [A; N] {}

impl HoldsJiffies for AtomicI32 {
    const MS_ONLY: bool = false;
}
impl HoldsJiffies for AtomicU64 {
    const MS_ONLY: bool = true;
}
impl HoldsJiffies for AtomicUsize {
    const MS_ONLY: bool = true;
}
impl<A: HoldsJiffies, const N: usize> HoldsJiffies for [A; N] {
    const MS_ONLY: bool = A::MS_ONLY;
}
