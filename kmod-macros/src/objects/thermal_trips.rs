// SPDX-License-Identifier: GPL-2.0-only
//! What stands in `trips(…)` of `#[thermal_zone]`: temperatures, with what is to be done there.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Expr, Lit};

use crate::errors::{Errors, closest, listed};
use crate::syntax::Text;
use crate::syntax::args::{Entry, Value, split_at_commas};
use crate::syntax::forms::{int_value, literal, text};

/// One trip.
pub struct Trip {
    /// What is to be done.
    pub kind: &'static str,
    /// In thousandths of a degree.
    pub temperature: i32,
    /// By how much it must fall below that again.
    pub hysteresis: i32,
    /// User space can set the temperature.
    pub writable: bool,
    /// The name of the cooling devices.
    pub cooled_by: Option<Text>,
}

/// The kinds; the first two are for cooling devices.
const KINDS: [&str; 4] = ["active", "passive", "hot", "critical"];

/// The kernel's `THERMAL_MAX_TRIPS`, as long as it had one.
const TRIPS_MAX: usize = 12;

/// The highest temperature, and the greatest hysteresis: a thousand degrees.
const TEMPERATURE_MAX: i128 = 1_000_000;

/// How a trip is written.
const EXAMPLE: &str = "write `passive(80_000)`, for 80 degrees";

/// The trips of the entry `trips(…)`.
pub fn trips(entry: &Entry, errors: &mut Errors) -> Vec<Trip> {
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let before = errors.count();
    let mut trips = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        match part.as_slice() {
            [TokenTree::Ident(rw), TokenTree::Group(inner)]
                if rw == "rw" && inner.delimiter() == Delimiter::Parenthesis =>
            {
                for part in split_at_commas(inner.stream(), errors) {
                    trips.extend(one(entry, &part, true, errors));
                }
            }
            part => trips.extend(one(entry, part, false, errors)),
        }
    }
    if trips.is_empty() && errors.count() == before {
        entry.wrong(list, "trips, one at least", errors);
    }
    if trips.len() > TRIPS_MAX {
        errors.at(
            entry.key.span(),
            format!("a zone has at most {TRIPS_MAX} trips"),
            "leave out those at which nothing is done",
        );
    }
    trips
}

/// A trip, with what stands in its parentheses.
fn one(entry: &Entry, part: &[TokenTree], writable: bool, errors: &mut Errors) -> Option<Trip> {
    match part {
        [TokenTree::Ident(kind), TokenTree::Group(inner)]
            if inner.delimiter() == Delimiter::Parenthesis =>
        {
            trip(kind, inner, writable, errors)
        }
        [TokenTree::Ident(kind)] => {
            errors.at(
                kind.span(),
                format!("the trip `{kind}` has no temperature"),
                EXAMPLE,
            );
            None
        }
        _ => {
            let tokens: TokenStream = part.iter().cloned().collect();
            entry.wrong(
                tokens,
                "trips, each with its temperature in parentheses",
                errors,
            );
            None
        }
    }
}

/// The number that some tokens are, if it is one that a temperature can be.
fn temperature(tokens: &[TokenTree], what: &str, of: &Ident, errors: &mut Errors) -> Option<i32> {
    let span = tokens.first().map_or(of.span(), TokenTree::span);
    let stream: TokenStream = tokens.iter().cloned().collect();
    let value = syn::parse2::<Expr>(stream).ok();
    let value = value.and_then(|value| int_value(&value));
    match value {
        Some(value) if (0..=TEMPERATURE_MAX).contains(&value) => i32::try_from(value).ok(),
        _ => {
            errors.at(
                span,
                format!(
                    "{what} is a number of thousandths of a degree, from 0 to {TEMPERATURE_MAX}"
                ),
                EXAMPLE,
            );
            None
        }
    }
}

/// One trip.
fn trip(kind: &Ident, inner: &Group, writable: bool, errors: &mut Errors) -> Option<Trip> {
    let Some(known) = KINDS.into_iter().find(|known| kind == known) else {
        let help = match closest(&kind.to_string(), KINDS) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}", listed(KINDS)),
        };
        errors.at(kind.span(), format!("there is no trip `{kind}`"), help);
        return None;
    };
    let mut parts = split_at_commas(inner.stream(), errors).into_iter();
    let first = parts.next().unwrap_or_default();
    let mut trip = Trip {
        kind: known,
        temperature: temperature(&first, "a trip's temperature", kind, errors)?,
        hysteresis: 0,
        writable,
        cooled_by: None,
    };
    for part in parts {
        match part.as_slice() {
            [TokenTree::Ident(key), TokenTree::Punct(is), value @ ..]
                if is.as_char() == '=' && key == "hysteresis" =>
            {
                trip.hysteresis = temperature(value, "a trip's hysteresis", key, errors)?;
            }
            [TokenTree::Ident(key), TokenTree::Punct(is), value]
                if is.as_char() == '=' && key == "cooled_by" =>
            {
                trip.cooled_by = cooled_by(key, value, known, errors);
            }
            part => {
                let span = part.first().map_or(kind.span(), TokenTree::span);
                errors.at(
                    span,
                    "behind a trip's temperature stand `hysteresis` and `cooled_by`",
                    format!("write `{known}(80_000, hysteresis = 2_000)`"),
                );
            }
        }
    }
    Some(trip)
}

/// The name of cooling devices.
fn cooled_by(key: &Ident, value: &TokenTree, kind: &str, errors: &mut Errors) -> Option<Text> {
    if !KINDS[..2].contains(&kind) {
        errors.at(
            key.span(),
            format!("a `{kind}` trip is not cooled"),
            "write it at an `active` or a `passive` one: at a critical one the machine is switched off",
        );
        return None;
    }
    let name = syn::parse2::<Expr>(value.clone().into()).ok();
    match name.as_ref().and_then(literal) {
        Some(Lit::Str(name)) if !name.value().is_empty() && !name.value().contains('\0') => {
            Some(text(name))
        }
        _ => {
            errors.at(
                value.span(),
                "`cooled_by` is the name of cooling devices, a string",
                "write `cooled_by = \"fan\"`",
            );
            None
        }
    }
}
