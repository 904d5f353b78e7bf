// SPDX-License-Identifier: GPL-2.0-only
//! Parameters.

use quote::ToTokens;
use syn::{Expr, Lit};

use super::{names, perm, range};
use crate::errors::Errors;
use crate::model::{Param, ParamKind, Range};
use crate::parse::values::{int_value, literal};

/// Applies the rules of one parameter.
pub fn check(param: &Param, errors: &mut Errors) {
    if !names::is_c_name(&param.name) {
        errors.at(
            param.ident.span(),
            "a parameter's name is made of ASCII letters, digits and `_`",
            "give it a name that can be typed on the `insmod` line",
        );
    }
    let Some(kind) = &param.kind else {
        unknown_type(param, errors);
        return;
    };
    if let Some(default) = &param.default {
        type_of_default(param, kind, default, errors);
    }
    if let Some(perm) = &param.perm {
        let text = matches!(kind, ParamKind::Str | ParamKind::CStr(_));
        perm::param(perm, text, errors);
    }
    if let Some(written) = &param.range {
        match kind {
            ParamKind::Int(ty) => {
                let before = errors.count();
                range::check(written, Some(&ty.to_string()), errors);
                if errors.count() == before {
                    default_in_range(param, written, errors);
                }
            }
            _ => errors.on(
                &written.expr,
                format!("`{}` is not an integer, so it has no range", param.ident),
                "leave `range` out",
            ),
        }
    }
}

fn unknown_type(param: &Param, errors: &mut Errors) {
    let ty = param.ty.to_token_stream().to_string().replace("& ", "&");
    let help = match ty.as_str() {
        "String" | "CString" | "&'a str" | "str" => "write `&str`".to_owned(),
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
        _ => "its type is `bool`, an integer of up to 64 bits, `&str` or `&CStr`".to_owned(),
    };
    errors.on(
        &param.ty,
        format!("a parameter cannot have the type `{ty}`"),
        help,
    );
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
    if let Some(Lit::Str(string)) = lit
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

fn default_in_range(param: &Param, range: &Range, errors: &mut Errors) {
    let Some(default) = &param.default else {
        return;
    };
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
