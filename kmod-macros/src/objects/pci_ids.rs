// SPDX-License-Identifier: GPL-2.0-only
//! The ids of a PCI driver: `[(vendor, device), (vendor, device, subvendor, subdevice) => data]`.

use proc_macro2::{Delimiter, Literal, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Expr;
use syn::spanned::Spanned;

use super::ids::{self, Written};
use crate::errors::Errors;
use crate::syntax::args::{Args, Entry, split_at_commas};
use crate::syntax::forms::int_value;

/// An id.
pub struct Row {
    /// Vendor, device, and the subsystem's; none is any.
    numbers: [Option<Number>; 4],
    /// What is said of it.
    pub data: Option<TokenStream>,
    span: Span,
}

/// A number of an id.
#[derive(Clone, Copy)]
struct Number {
    value: i128,
    span: Span,
}

/// The kernel's `PCI_ANY_ID`.
const ANY: u32 = u32::MAX;

const FORM: &str = "an id is `(vendor, device)` or `(vendor, device, subvendor, subdevice)`";

impl Row {
    /// The fields of the kernel's struct up to the class and its mask, of which there is none.
    pub fn numbers(&self) -> [Literal; 6] {
        let numbers = self.numbers.map(|number| {
            // Others were refused.
            number.map_or(ANY, |number| u32::try_from(number.value).unwrap_or(ANY))
        });
        let [vendor, device, subvendor, subdevice] = numbers;
        [vendor, device, subvendor, subdevice, 0, 0].map(Literal::u32_unsuffixed)
    }
}

/// Reads the ids of an attribute.
pub fn parse(args: &mut Args, errors: &mut Errors) -> Option<Vec<Row>> {
    let (entry, written) = ids::list(args, "(0x1234, 0x11e8) => Model::A", errors)?;
    let rows = written.into_iter();
    Some(
        rows.filter_map(|row_of| row(row_of, &entry, errors))
            .collect(),
    )
}

fn row(written: Written, entry: &Entry, errors: &mut Errors) -> Option<Row> {
    let wrong = |tokens: TokenStream, errors: &mut Errors| {
        errors.on(tokens, FORM, format!("write `{}`", entry.example));
        None
    };
    let [TokenTree::Group(tuple)] = written.id.as_slice() else {
        return wrong(written.id.into_iter().collect(), errors);
    };
    if tuple.delimiter() != Delimiter::Parenthesis {
        return wrong(tuple.to_token_stream(), errors);
    }
    let before = errors.count();
    let parts = split_at_commas(tuple.stream(), errors);
    let numbers: Vec<Option<Number>> = parts.iter().map(|part| number(part, errors)).collect();
    if errors.count() != before {
        return None;
    }
    let numbers = match numbers.as_slice() {
        [vendor, device] => [*vendor, *device, None, None],
        [vendor, device, subvendor, subdevice] => [*vendor, *device, *subvendor, *subdevice],
        _ => return wrong(tuple.to_token_stream(), errors),
    };
    Some(Row {
        numbers,
        data: written.data,
        span: tuple.span(),
    })
}

/// A number of an id; none for `_`.
fn number(part: &[TokenTree], errors: &mut Errors) -> Option<Number> {
    if let [TokenTree::Ident(any)] = part
        && any == "_"
    {
        return None;
    }
    let tokens: TokenStream = part.iter().cloned().collect();
    let span = tokens.span();
    let value = syn::parse2::<Expr>(tokens.clone()).ok();
    let value = value.as_ref().and_then(int_value);
    if value.is_none() {
        errors.on(
            tokens,
            "a number of an id is written out, or `_` for any",
            "write the number, as `lspci -nn` shows it: `0x1234`",
        );
    }
    value.map(|value| Number { value, span })
}

/// Applies the rules.
pub fn check(rows: &[Row], errors: &mut Errors) {
    for (index, row) in rows.iter().enumerate() {
        for number in row.numbers.iter().flatten() {
            if !(0..0x1_0000).contains(&number.value) {
                errors.at(
                    number.span,
                    "a number of an id has 16 bits",
                    "write one from 0 to 0xffff, or `_` for any",
                );
            }
        }
        match row.numbers[0] {
            None => errors.at(
                row.span,
                "an id has a vendor: a driver for any would be bound to all devices",
                "write the vendor's number, as `lspci -nn` shows it",
            ),
            // The kernel would take it for the table's end.
            Some(vendor) if matches!(vendor.value, 0 | 0xffff) => errors.at(
                vendor.span,
                "no vendor has the number 0 or 0xffff",
                "write the vendor's number, as `lspci -nn` shows it",
            ),
            Some(_) => {}
        }
        let same = |other: &Row| {
            let values = |row: &Row| row.numbers.map(|number| number.map(|number| number.value));
            values(other) == values(row)
        };
        if rows[..index].iter().any(same) {
            errors.at(
                row.span,
                "there is this id already",
                "leave one of them out",
            );
        }
    }
    let data = rows.iter().map(|row| (row.span, row.data.is_some()));
    ids::check_data(data, errors);
}
