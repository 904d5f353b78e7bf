// SPDX-License-Identifier: GPL-2.0-only
//! What stands in the lists of `#[input]`: names of keys, axes and switches.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Expr, RangeLimits};

use crate::errors::Errors;
use crate::syntax::args::{Args, Entry, Value, split_at_commas};
use crate::syntax::forms::{int_value, strip};

/// An absolute axis.
pub struct Axis {
    /// Its name.
    pub code: Ident,
    /// Its smallest and its largest value.
    pub range: (i32, i32),
    /// `fuzz`, `flat` and `resolution`.
    pub more: [i32; 3],
}

/// What else is said of an axis.
const MORE: [&str; 3] = ["fuzz", "flat", "resolution"];

/// The names in a list, each with one of these beginnings. Whether the kernel has it, the compiler knows.
pub fn codes(args: &mut Args, key: &str, begins: &[&str], errors: &mut Errors) -> Vec<Ident> {
    let Some(entry) = args.take(key) else {
        return Vec::new();
    };
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let before = errors.count();
    let mut names = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        match part.as_slice() {
            [TokenTree::Ident(name)] => names.extend(code(name, begins, &names, errors)),
            _ => wrong(&entry, part, errors),
        }
    }
    if names.is_empty() && errors.count() == before {
        entry.wrong(list, "names, one at least", errors);
    }
    names
}

/// A part of a list that is none.
fn wrong(entry: &Entry, part: Vec<TokenTree>, errors: &mut Errors) {
    let tokens: TokenStream = part.into_iter().collect();
    entry.wrong(tokens, "names of `linux/input-event-codes.h`", errors);
}

/// One name, if it is of this list and was not given yet.
fn code(name: &Ident, begins: &[&str], names: &[Ident], errors: &mut Errors) -> Option<Ident> {
    let text = name.to_string();
    if !begins.iter().any(|begin| text.starts_with(begin)) {
        let begins: Vec<String> = begins.iter().map(|begin| format!("`{begin}`")).collect();
        errors.at(
            name.span(),
            format!(
                "what stands in this list begins with {}",
                begins.join(" or ")
            ),
            "keys are in `keys`, axes in `relative` and `absolute`, switches in `switches`",
        );
        return None;
    }
    if names.contains(name) {
        errors.at(
            name.span(),
            format!("`{name}` is given twice"),
            "leave one of them out",
        );
        return None;
    }
    Some(name.clone())
}

/// The axes in `absolute(…)`.
pub fn axes(args: &mut Args, errors: &mut Errors) -> Vec<Axis> {
    let Some(entry) = args.take("absolute") else {
        return Vec::new();
    };
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let before = errors.count();
    let mut axes: Vec<Axis> = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        match part.as_slice() {
            [TokenTree::Ident(name), TokenTree::Group(about)]
                if about.delimiter() == Delimiter::Parenthesis =>
            {
                let given: Vec<Ident> = axes.iter().map(|axis| axis.code.clone()).collect();
                if let Some(code) = code(name, &["ABS_"], &given, errors)
                    && let Some(axis) = axis(code, about, errors)
                {
                    axes.push(axis);
                }
            }
            [TokenTree::Ident(name)] => errors.at(
                name.span(),
                "an absolute axis has a range",
                format!("write `{name}(0..=255)`"),
            ),
            _ => wrong(&entry, part, errors),
        }
    }
    if axes.is_empty() && errors.count() == before {
        entry.wrong(list, "axes, one at least", errors);
    }
    axes
}

/// The axis of this name.
fn axis(code: Ident, about: &Group, errors: &mut Errors) -> Option<Axis> {
    let mut range = None;
    let mut more = [0; 3];
    let mut seen = Vec::new();
    for part in split_at_commas(about.stream(), errors) {
        let tokens: TokenStream = part.iter().cloned().collect();
        let read = match part.as_slice() {
            [TokenTree::Ident(word), TokenTree::Punct(equals), value @ ..]
                if equals.as_char() == '=' =>
            {
                let place = MORE.iter().position(|known| word == known);
                let value: TokenStream = value.iter().cloned().collect();
                let value = syn::parse2::<Expr>(value).ok();
                let value = value.and_then(|value| i32::try_from(int_value(&value)?).ok());
                match (place, value) {
                    (Some(place), Some(value)) if value >= 0 && !seen.contains(&place) => {
                        seen.push(place);
                        more[place] = value;
                        true
                    }
                    _ => false,
                }
            }
            _ if range.is_none() => {
                range = inclusive(tokens.clone());
                range.is_some()
            }
            _ => false,
        };
        if !read {
            errors.on(
                &tokens,
                "an axis has a range of 32-bit numbers, and may have `fuzz`, `flat` and `resolution`",
                format!("write `{code}(0..=255, fuzz = 2, flat = 4, resolution = 10)`"),
            );
            return None;
        }
    }
    let Some(range) = range else {
        errors.at(
            code.span(),
            "an absolute axis has a range",
            format!("write `{code}(0..=255)`"),
        );
        return None;
    };
    if range.0 > range.1 {
        errors.at(
            code.span(),
            "a range begins with the smaller number",
            format!("write `{code}({}..={})`", range.1, range.0),
        );
        return None;
    }
    Some(Axis { code, range, more })
}

/// What `A..=B` stands for.
fn inclusive(tokens: TokenStream) -> Option<(i32, i32)> {
    let value: Expr = syn::parse2(tokens).ok()?;
    let Expr::Range(range) = strip(&value) else {
        return None;
    };
    if !matches!(range.limits, RangeLimits::Closed(_)) {
        return None;
    }
    let end = |end: &Option<Box<Expr>>| i32::try_from(int_value(end.as_deref()?)?).ok();
    Some((end(&range.start)?, end(&range.end)?))
}
