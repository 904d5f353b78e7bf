// SPDX-License-Identifier: GPL-2.0-only
//! The rules of `params(…)`.

use quote::ToTokens;
use syn::{Expr, Lit};

use super::{Param, ParamKind, perm};
use crate::errors::{Errors, any_of};
use crate::rules::{names, range};
use crate::syntax::Range;
use crate::syntax::forms::{int_value, literal, strip};

/// The longest string with room of its own: a page, which is what sysfs shows.
const LONGEST: u128 = 4096;

/// What an array can take in sysfs.
const PAGE: i128 = 4095;

/// Applies the rules of one parameter.
pub fn check(param: &Param, errors: &mut Errors) {
    name(param, errors);
    let Some(kind) = &param.kind else {
        unknown_type(param, errors);
        return;
    };
    let before = errors.count();
    if let ParamKind::Array(element, length) = kind {
        array(param, element, length, errors);
    }
    c_kind(param, kind, errors);
    if errors.count() == before
        && let Some(default) = &param.default
    {
        type_of_default(param, kind, default, errors);
    }
    if let Some(perm) = &param.perm {
        perm::check(perm, errors);
    }
    range_of(param, kind, errors);
    len(param, kind, errors);
    if let Some(on_change) = &param.on_change
        && !param.writable()
    {
        errors.on(
            on_change,
            format!(
                "`{}` never changes: its file in sysfs cannot be written",
                param.ident
            ),
            "write `perm = 0o644`, or leave `on_change` out",
        );
    }
}

fn name(param: &Param, errors: &mut Errors) {
    let name = &param.name.value;
    if !names::is_c_name(name) || name.starts_with(|c: char| c.is_ascii_digit()) {
        let other = name.replace('-', "_");
        let help = if names::is_c_name(&other) && name.contains('-') {
            format!("write `{other}`: `insmod` takes `-` for `_`")
        } else {
            "give it a name that can be typed on the `insmod` line".to_owned()
        };
        errors.at(
            param.name.span,
            "a parameter's name is made of ASCII letters, digits and `_`",
            help,
        );
    }
}

fn unknown_type(param: &Param, errors: &mut Errors) {
    let ty = param.ty.to_token_stream().to_string().replace("& ", "&");
    let help = match ty.as_str() {
        "String" | "CString" | "KString" | "&'a str" | "str" => "write `&str`".to_owned(),
        "CStr" => "write `&CStr`".to_owned(),
        "char" => "write `u8` for one byte, or `&str`".to_owned(),
        "i128" => "write `i64`".to_owned(),
        "u128" => "write `u64`".to_owned(),
        "f32" | "f64" => "the kernel does not compute with floats: take an integer, in \
                          thousandths for example"
            .to_owned(),
        "int" | "c_int" => "write `i32`".to_owned(),
        "uint" | "c_uint" => "write `u32`".to_owned(),
        "long" | "c_long" => "write `isize`".to_owned(),
        "ulong" | "c_ulong" => "write `usize`".to_owned(),
        "charp" | "& 'static str" => "write `&str`".to_owned(),
        _ if ty.starts_with("&[") || ty.contains("Vec <") => {
            "write `[u32; 8]`: an array says how many elements it takes at most".to_owned()
        }
        _ => {
            "its type is `bool`, an integer of up to 64 bits, `&str`, `&CStr`, an array of these, \
              or one that implements `ParamValue`"
                .to_owned()
        }
    };
    errors.on(
        &param.ty,
        format!("a parameter cannot have the type `{ty}`"),
        help,
    );
}

fn array(param: &Param, element: &ParamKind, length: &Expr, errors: &mut Errors) {
    let width = match element {
        ParamKind::Array(..) | ParamKind::Custom(_) => {
            errors.on(
                &param.ty,
                "the elements of an array are integers, `bool`, `&str` or `&CStr`",
                "take several parameters, or `impl ParamValue` for a type of your own",
            );
            return;
        }
        ParamKind::Bool(_) => 1,
        ParamKind::Int(_) if param.c_kind.as_ref().is_some_and(|kind| kind == "hexint") => 10,
        ParamKind::Int(ident) => {
            let ends = range::of_type(&ident.to_string()).unwrap_or_default();
            let width = |end: i128| end.to_string().len() as i128;
            width(ends.0).max(width(ends.1))
        }
        ParamKind::Str | ParamKind::CStr(_) => 0,
    };
    let most = PAGE / (width + 1);
    match int_value(length) {
        Some(0) => errors.on(
            length,
            "an array parameter has at least one element",
            "write how many elements it takes at most",
        ),
        Some(length_value) if length_value > most => errors.on(
            length,
            "this array could not be shown: a file in sysfs holds 4095 bytes",
            format!("take at most {most} elements"),
        ),
        _ => {}
    }
}

/// The kernel's ways to write a type, and the type.
const C_KINDS: &[(&str, &str)] = &[("hexint", "u32"), ("invbool", "bool"), ("bint", "i32")];

fn c_kind(param: &Param, kind: &ParamKind, errors: &mut Errors) {
    let Some(written) = &param.c_kind else { return };
    let word = written.to_string();
    let element = match kind {
        ParamKind::Array(element, _) => element,
        other => other,
    };
    let Some((_, wanted)) = C_KINDS.iter().find(|(name, _)| *name == word) else {
        let help = match word.as_str() {
            "bool" | "byte" | "short" | "ushort" | "int" | "uint" | "long" | "ulong" | "ullong"
            | "charp" => format!("the type of `{}` says so: leave `kind` out", param.ident),
            "string" => "write `len = 32` for a string with room for 31 bytes".to_owned(),
            _ => format!("it is {}", any_of(C_KINDS.iter().map(|(name, _)| *name))),
        };
        errors.at(
            written.span(),
            format!("`{word}` is no kind of its own"),
            help,
        );
        return;
    };
    let fits = match element {
        ParamKind::Bool(ident) | ParamKind::Int(ident) => ident == wanted,
        _ => false,
    };
    if !fits {
        errors.at(
            written.span(),
            format!("`{word}` is a way to write `{wanted}`"),
            format!("make `{}` a `{wanted}`, or leave `kind` out", param.ident),
        );
    }
}

/// A default that is a literal is one of the parameter's type.
fn type_of_default(param: &Param, kind: &ParamKind, default: &Expr, errors: &mut Errors) {
    let lit = literal(default);
    let (fits, what, example) = match kind {
        ParamKind::Bool(_) => (
            lit.is_none_or(|lit| matches!(lit, Lit::Bool(_))) && int_value(default).is_none(),
            "`true` or `false`",
            "false",
        ),
        ParamKind::Int(_) => (
            lit.is_none_or(|lit| matches!(lit, Lit::Int(_) | Lit::Byte(_))),
            "an integer",
            "1",
        ),
        ParamKind::Str => (
            matches!(lit, Some(Lit::Str(_))),
            "a string literal",
            "\"world\"",
        ),
        ParamKind::CStr(_) => (
            matches!(lit, Some(Lit::Str(_) | Lit::CStr(_))),
            "a string literal",
            "c\"world\"",
        ),
        ParamKind::Array(element, length) => {
            if let Expr::Array(array) = strip(default) {
                let before = errors.count();
                for default in &array.elems {
                    type_of_element(param, element, default, errors);
                }
                if errors.count() == before
                    && let Some(length) = int_value(length)
                    && array.elems.len() as i128 > length
                {
                    errors.on(
                        default,
                        format!(
                            "the default of `{}` has {} elements, the array {length}",
                            param.ident,
                            array.elems.len()
                        ),
                        "leave some of them out, or widen the array",
                    );
                }
            }
            (lit.is_none(), "an array", "[]")
        }
        ParamKind::Custom(_) => return,
    };
    if !fits {
        errors.on(
            default,
            format!("the default of `{}` is {what}", param.ident),
            format!(
                "write `{}: {} = {example}`",
                param.ident,
                param.ty.to_token_stream().to_string().replace("& ", "&")
            ),
        );
        return;
    }
    value_of_default(kind, default, errors);
}

fn type_of_element(param: &Param, kind: &ParamKind, default: &Expr, errors: &mut Errors) {
    let lit = literal(default);
    let fits = match kind {
        ParamKind::Bool(_) => {
            lit.is_none_or(|lit| matches!(lit, Lit::Bool(_))) && int_value(default).is_none()
        }
        ParamKind::Int(_) => lit.is_none_or(|lit| matches!(lit, Lit::Int(_) | Lit::Byte(_))),
        ParamKind::Str => lit.is_none_or(|lit| matches!(lit, Lit::Str(_))),
        _ => lit.is_none_or(|lit| matches!(lit, Lit::Str(_) | Lit::CStr(_))),
    };
    if !fits {
        errors.on(
            default,
            format!("this is no element of `{}`", param.ident),
            format!(
                "its elements are of the type {}",
                match kind {
                    ParamKind::Bool(ident) | ParamKind::Int(ident) => format!("`{ident}`"),
                    ParamKind::Str => "`&str`".to_owned(),
                    _ => "`&CStr`".to_owned(),
                }
            ),
        );
        return;
    }
    value_of_default(kind, default, errors);
}

/// A literal that has the right form is a value of the type.
fn value_of_default(kind: &ParamKind, default: &Expr, errors: &mut Errors) {
    if let Some(Lit::Str(string)) = literal(default)
        && string.value().contains('\0')
    {
        errors.on(
            default,
            "a C string ends at its first NUL",
            "leave the NUL out; one is added at the end",
        );
    }
    if let ParamKind::Int(ty) = kind
        && let Some(value) = int_value(default)
        && let Some((least, greatest)) = range::of_type(&ty.to_string())
        && !(least..=greatest).contains(&value)
    {
        errors.on(
            default,
            format!("{value} is no value of the type `{ty}`"),
            format!("it takes {least} to {greatest}"),
        );
    }
}

fn range_of(param: &Param, kind: &ParamKind, errors: &mut Errors) {
    let Some(written) = &param.range else { return };
    let (element, defaults): (_, Vec<&Expr>) = match (kind, &param.default) {
        (ParamKind::Array(element, _), Some(default)) => match strip(default) {
            Expr::Array(array) => (&**element, array.elems.iter().collect()),
            _ => (&**element, Vec::new()),
        },
        (ParamKind::Array(element, _), None) => (&**element, Vec::new()),
        (other, default) => (other, default.iter().collect()),
    };
    match element {
        ParamKind::Int(_) if param.c_kind.as_ref().is_some_and(|kind| kind == "bint") => {
            errors.on(
                &written.expr,
                "a `bint` is set to 0 or 1, so it has no range",
                "leave `range` out",
            );
        }
        ParamKind::Int(ty) => {
            let before = errors.count();
            range::check(written, Some(&ty.to_string()), errors);
            if errors.count() == before {
                for default in defaults {
                    default_in_range(param, written, default, errors);
                }
            }
        }
        _ => errors.on(
            &written.expr,
            format!("`{}` is not an integer, so it has no range", param.ident),
            "leave `range` out",
        ),
    }
}

fn default_in_range(param: &Param, range: &Range, default: &Expr, errors: &mut Errors) {
    let Some(value) = int_value(default) else {
        return;
    };
    let min = range.min.as_ref().and_then(int_value);
    let max = range.max.as_ref().and_then(int_value);
    if min.is_some_and(|min| value < min) || max.is_some_and(|max| value > max) {
        let nearest = match min {
            Some(min) if value < min => min,
            _ => max.unwrap_or(value),
        };
        errors.on(
            default,
            format!("the default of `{}` is outside its range", param.ident),
            format!("take a value within it, {nearest} for example, or widen the range"),
        );
    }
}

/// The room of a string, its NUL included.
fn len(param: &Param, kind: &ParamKind, errors: &mut Errors) {
    let Some(len) = &param.len else { return };
    if !matches!(kind, ParamKind::Str | ParamKind::CStr(_)) {
        errors.at(
            len.span,
            format!("`{}` is not a string, so it has no `len`", param.ident),
            "leave `len` out; an array says how many elements it takes by its type",
        );
    } else if len.value < 2 || len.value > LONGEST {
        errors.at(
            len.span,
            format!("`len` is 2 to {LONGEST}: it counts the NUL at the end"),
            "write `len = 32` for up to 31 bytes",
        );
    } else if let Some(default) = &param.default
        && let Some(bytes) = literal(default).and_then(|lit| match lit {
            Lit::Str(string) => Some(string.value().len()),
            Lit::CStr(string) => Some(string.value().count_bytes()),
            _ => None,
        })
        && bytes as u128 >= len.value
    {
        errors.on(
            default,
            format!(
                "the default of `{}` has {bytes} bytes, and room for {}",
                param.ident,
                len.value - 1
            ),
            format!("shorten it, or write `len = {}`", bytes + 1),
        );
    }
}
