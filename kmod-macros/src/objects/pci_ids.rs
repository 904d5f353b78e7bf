// SPDX-License-Identifier: GPL-2.0-only
//! The ids of a PCI driver: `[(vendor, device), (vendor, device, subvendor, subdevice) => data]`.

use proc_macro2::{Literal, Span, TokenStream};
use quote::ToTokens;

use super::ids::{self, Number, Written};
use crate::errors::Errors;
use crate::syntax::args::{Args, Entry};

/// An id.
pub struct Row {
    /// Vendor, device, and the subsystem's; none is any.
    numbers: [Option<Number>; 4],
    /// What is said of it.
    pub data: Option<TokenStream>,
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
    let (entry, written) = ids::list(args, "ids", "(0x1234, 0x11e8) => Model::A", errors)?;
    let rows = written.into_iter();
    Some(
        rows.filter_map(|row_of| row(row_of, &entry, errors))
            .collect(),
    )
}

fn row(written: Written, entry: &Entry, errors: &mut Errors) -> Option<Row> {
    let before = errors.count();
    let Some((tuple, parts)) = ids::tuple(&written, errors) else {
        return wrong(written.id.into_iter().collect(), entry, errors);
    };
    let numbers: Vec<Option<Number>> = parts
        .iter()
        .map(|part| ids::number(part, "`lspci -nn`", errors))
        .collect();
    if errors.count() != before {
        return None;
    }
    let numbers = match numbers.as_slice() {
        [vendor, device] => [*vendor, *device, None, None],
        [vendor, device, subvendor, subdevice] => [*vendor, *device, *subvendor, *subdevice],
        _ => return wrong(tuple.to_token_stream(), entry, errors),
    };
    let span = tuple.span();
    Some(Row {
        numbers,
        data: written.data,
        span,
    })
}

/// Reports what is no id.
fn wrong(tokens: TokenStream, entry: &Entry, errors: &mut Errors) -> Option<Row> {
    errors.on(tokens, FORM, format!("write `{}`", entry.example));
    None
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
