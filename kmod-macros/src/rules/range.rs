// SPDX-License-Identifier: GPL-2.0-only
//! Ranges of integers.

use proc_macro2::Ident;
use syn::Lit;

use crate::errors::Errors;
use crate::syntax::Range;
use crate::syntax::forms::{int_value, literal};

/// The least and the greatest value of an integer type of the kernel.
pub fn of_type(ty: &str) -> Option<(i128, i128)> {
    Some(match ty {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        // A kernel that loads Rust modules has 64 bits.
        "i64" | "isize" => (i64::MIN.into(), i64::MAX.into()),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" | "usize" => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// The integer type of an atomic.
pub fn of_atomic(ident: &Ident) -> Option<&'static str> {
    Some(match ident.to_string().as_str() {
        "AtomicI8" => "i8",
        "AtomicI16" => "i16",
        "AtomicI32" => "i32",
        "AtomicI64" => "i64",
        "AtomicIsize" => "isize",
        "AtomicU8" => "u8",
        "AtomicU16" => "u16",
        "AtomicU32" => "u32",
        "AtomicU64" => "u64",
        "AtomicUsize" => "usize",
        _ => return None,
    })
}

/// A range holds at least one value, and only values of its type.
pub fn check(range: &Range, ty: Option<&str>, errors: &mut Errors) {
    let before = errors.count();
    for end in [&range.min, &range.max].into_iter().flatten() {
        if literal(end).is_some_and(|lit| !matches!(lit, Lit::Int(_) | Lit::Byte(_))) {
            errors.on(
                end,
                "the ends of a range are integers",
                "write `range = 1..=100`",
            );
        }
    }
    if errors.count() != before {
        return;
    }
    let min = range.min.as_ref().and_then(int_value);
    let max = range.max.as_ref().and_then(int_value);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let help = if max == min - 1 {
            format!("write `range = {min}..={min}` for this one value")
        } else {
            format!("write the lesser value first: `range = {max}..={min}`")
        };
        errors.on(&range.expr, "this range holds no value", help);
        return;
    }
    let Some(ty) = ty else { return };
    let Some((least, greatest)) = of_type(ty) else {
        return;
    };
    for (end, written) in [(min, &range.min), (max, &range.max)] {
        if let Some(end) = end
            && !(least..=greatest).contains(&end)
        {
            errors.on(
                written,
                format!("{end} is no value of the type `{ty}`"),
                format!("it takes {least} to {greatest}"),
            );
        }
    }
}
