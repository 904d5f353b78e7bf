// SPDX-License-Identifier: GPL-2.0-only
//! The rules of `#[sysctl]`.

use proc_macro2::Ident;
use quote::quote;
use syn::{ExprPath, GenericArgument, PathArguments, Type};

use super::Sysctl;
use crate::errors::Errors;
use crate::instance::Field;
use crate::objects::kernel_file;
use crate::rules::range;
use crate::syntax::{Number, Range, Text, Word};

/// Applies the rules.
pub fn check(sysctl: &Sysctl, field: &Field, errors: &mut Errors) {
    path(&sysctl.path, errors);
    if let Some(mode) = &sysctl.mode {
        self::mode(mode, errors);
    }
    if let Some(function) = &sysctl.on_change {
        on_change(function, sysctl.mode.as_ref(), errors);
    }
    if let (Some(capability), Some(mode)) = (&sysctl.capability, &sysctl.mode)
        && mode.value & 0o222 == 0
    {
        errors.at(
            capability.span,
            format!(
                "`mode = {}` lets nobody write the file, and who reads it needs no capability",
                mode.written
            ),
            "leave `capability` out, or write `mode = 0o644`",
        );
    }
    if !type_of(field, errors) {
        return;
    }
    if let Some(written) = &sysctl.range {
        range_of_field(written, field, errors);
    }
    if let Some(word) = &sysctl.format {
        format(word, sysctl, field, errors);
    }
    if let Some(unit) = &sysctl.jiffies {
        jiffies(unit, sysctl, field, errors);
    }
}

/// A path names a folder below `/proc/sys` and a file in it.
fn path(path: &Text, errors: &mut Errors) {
    let Text { value, span } = path;
    let is_top = !value.starts_with('/') && !value.ends_with('/') && !value.contains('/');
    if !is_top {
        return kernel_file::path("sysctl", "/proc/sys/", path, errors);
    }
    let help = if value.contains('.') {
        format!("write `\"{}\"`", value.replace('.', "/"))
    } else if value.is_empty() {
        "write `\"ticket/step\"`".to_owned()
    } else {
        format!("put it into a folder named after the module: `\"module/{value}\"`")
    };
    errors.at(*span, "a sysctl stands in a folder", help);
}

/// `sysctl_check_table()` refuses what is neither reading nor writing.
fn mode(mode: &Number, errors: &mut Errors) {
    kernel_file::mode("sysctl", mode, errors);
}

/// What the macro can see of a field's type; an alias, say, only the compiler knows.
enum Shown<'a> {
    /// One of the kernel's atomics; its integer.
    Atomic(&'static str),
    AtomicBool,
    SysctlString,
    /// A type that nothing could change safely while others read it.
    Plain(&'a Ident),
}

/// The type of a field, or of an array's elements, behind whatever pointer.
fn shown(ty: &Type) -> Option<Shown<'_>> {
    match ty {
        Type::Array(array) => shown(&array.elem),
        Type::Group(group) => shown(&group.elem),
        Type::Paren(paren) => shown(&paren.elem),
        Type::Reference(reference) => shown(&reference.elem),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            if let PathArguments::AngleBracketed(arguments) = &last.arguments
                && (last.ident == "KBox" || last.ident == "Arc")
                && let Some(GenericArgument::Type(inner)) = arguments.args.first()
            {
                return shown(inner);
            }
            Some(match last.ident.to_string().as_str() {
                "AtomicBool" => Shown::AtomicBool,
                "SysctlString" => Shown::SysctlString,
                "bool" | "char" | "f32" | "f64" | "i128" | "u128" | "str" | "String"
                | "KString" => Shown::Plain(&last.ident),
                other if range::of_type(other).is_some() => Shown::Plain(&last.ident),
                _ => Shown::Atomic(range::of_atomic(&last.ident)?),
            })
        }
        _ => None,
    }
}

/// The field is of a type that can be changed while others read it.
///
/// What is wrong with the type makes the other keys a guess.
fn type_of(field: &Field, errors: &mut Errors) -> bool {
    match shown(&field.ty) {
        Some(Shown::Plain(ident)) => {
            let help = match ident.to_string().as_str() {
                "str" | "String" | "KString" => "write `SysctlString<64>`".to_owned(),
                "f32" | "f64" | "i128" | "u128" | "char" => {
                    "take an atomic integer, `AtomicU64` say".to_owned()
                }
                plain => format!("write `{}`", with(&field.ty, &atomic(plain))),
            };
            errors.on(
                &field.ty,
                format!(
                    "`{}` is shared with whoever writes the file, so it cannot be a `{ident}`",
                    field.ident
                ),
                help,
            );
            false
        }
        Some(Shown::AtomicBool) if matches!(field.ty, Type::Array(_)) => {
            errors.on(
                &field.ty,
                "a sysctl's array is made of integers",
                format!(
                    "write `{}` with `range = 0..=1`",
                    with(&field.ty, "AtomicU8")
                ),
            );
            false
        }
        Some(Shown::SysctlString) if matches!(field.ty, Type::Array(_)) => {
            errors.on(
                &field.ty,
                "a sysctl's array is made of integers",
                "make each string a sysctl of its own",
            );
            false
        }
        _ => true,
    }
}

/// The atomic of a plain type.
fn atomic(plain: &str) -> String {
    let (first, rest) = plain.split_at(1);
    format!("Atomic{}{rest}", first.to_uppercase())
}

/// The type of a field, of `element`s.
fn with(ty: &Type, element: &str) -> String {
    match ty {
        Type::Array(array) => {
            let len = &array.len;
            format!("[{element}; {}]", quote!(#len))
        }
        _ => element.to_owned(),
    }
}

/// A range belongs to an integer; of the kernel's atomics, the type is known here.
fn range_of_field(written: &Range, field: &Field, errors: &mut Errors) {
    let what = match shown(&field.ty) {
        Some(Shown::AtomicBool) => "bool",
        Some(Shown::SysctlString) => "string",
        known => {
            if written.min.is_none() || written.max.is_none() {
                errors.on(
                    &written.expr,
                    "a sysctl's range has two ends",
                    "write `range = 1..=100`",
                );
                return;
            }
            let integer = match known {
                Some(Shown::Atomic(integer)) => Some(integer),
                _ => None,
            };
            range::check(written, integer, errors);
            return;
        }
    };
    errors.on(
        &written.expr,
        format!("`{}` is a {what}, so it has no range", field.ident),
        "leave `range` out",
    );
}

/// A format belongs to an unsigned number.
fn format(format: &Word, sysctl: &Sysctl, field: &Field, errors: &mut Errors) {
    let what = match shown(&field.ty) {
        Some(Shown::AtomicBool) => "a bool",
        Some(Shown::SysctlString) => "a string",
        Some(Shown::Atomic(integer)) if integer.starts_with('i') => "signed",
        _ if sysctl.jiffies.is_some() => {
            errors.at(
                format.span,
                "a time is shown in decimal",
                "leave `format` out, or `jiffies`",
            );
            return;
        }
        _ => return,
    };
    let help = if what == "signed" {
        "make the field unsigned, or leave `format` out"
    } else {
        "leave `format` out"
    };
    errors.at(
        format.span,
        format!(
            "`{}` is {what}, and `format` belongs to an unsigned number",
            field.ident
        ),
        help,
    );
}

/// Jiffies are of the types for which the kernel has handlers.
fn jiffies(unit: &Word, sysctl: &Sysctl, field: &Field, errors: &mut Errors) {
    match shown(&field.ty) {
        None | Some(Shown::Plain(_)) => {}
        Some(Shown::Atomic("i32")) => {
            if let Some(range) = &sysctl.range {
                errors.on(
                    &range.expr,
                    "the kernel checks no range of jiffies in an `AtomicI32`",
                    "leave `range` out, or make the field an `AtomicU64`, with `jiffies = ms`",
                );
            }
        }
        Some(Shown::Atomic("u64" | "usize")) => {
            if unit.value != "ms" {
                errors.at(
                    unit.span,
                    format!("the kernel shows `{}` of an `AtomicI32` only", unit.value),
                    "make the field an `AtomicI32`, or write `jiffies = ms`",
                );
            }
        }
        Some(_) => errors.at(
            unit.span,
            "the kernel keeps jiffies in an `AtomicI32`, an `AtomicU64` or an `AtomicUsize`",
            format!(
                "make `{}` an `{}`",
                field.ident,
                with(&field.ty, "AtomicI32")
            ),
        ),
    }
}

/// Nothing changes a file that nobody can write.
fn on_change(function: &ExprPath, mode: Option<&Number>, errors: &mut Errors) {
    if let Some(mode) = mode
        && mode.value & 0o222 == 0
    {
        errors.on(
            function,
            format!("`mode = {}` lets nobody write the file", mode.written),
            format!(
                "leave `on_change` out, or write `mode = 0o{:o}`",
                mode.value & 0o777 | 0o200
            ),
        );
    }
}
