// SPDX-License-Identifier: GPL-2.0-only
//! The ids of a HID driver: `[(BUS_USB, vendor, product), (BUS_USB, vendor, product) => data]`.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::ToTokens;

use super::ids::{self, Number, Written};
use crate::errors::{Errors, closest, listed};
use crate::syntax::args::{Args, Entry};

/// An id.
pub struct Row {
    /// Bus, vendor and product; none is any.
    numbers: [Option<Number>; 3],
    /// What is said of it.
    pub data: Option<TokenStream>,
    span: Span,
}

/// The kernel's names of buses that have such devices, of `linux/input.h`.
const BUSES: [(&str, i128); 4] = [
    ("BUS_USB", 0x03),
    ("BUS_BLUETOOTH", 0x05),
    ("BUS_VIRTUAL", 0x06),
    ("BUS_I2C", 0x18),
];

/// The kernel's `HID_BUS_ANY` and `HID_ANY_ID`.
const ANY: [u32; 3] = [0xffff, u32::MAX, u32::MAX];

const FORM: &str = "an id is `(bus, vendor, product)`";

/// Where the numbers of a device are to be seen.
const SHOWN: &str = "`/sys/bus/hid/devices`";

impl Row {
    /// The fields of the kernel's struct, but for its group, of which there is none.
    pub fn numbers(&self) -> [Literal; 3] {
        let mut any = ANY.into_iter();
        self.numbers.map(|number| {
            let any = any.next().unwrap_or(u32::MAX);
            // Others were refused.
            let number = number.map_or(any, |number| u32::try_from(number.value).unwrap_or(any));
            Literal::u32_unsuffixed(number)
        })
    }
}

/// Reads the ids of an attribute.
pub fn parse(args: &mut Args, errors: &mut Errors) -> Option<Vec<Row>> {
    let example = "(BUS_USB, 0x1234, 0x5678) => Model::A";
    let (entry, written) = ids::list(args, "ids", example, errors)?;
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
    let [bus, vendor, product] = parts.as_slice() else {
        return wrong(tuple.to_token_stream(), entry, errors);
    };
    let numbers = [
        bus_number(bus, errors),
        ids::number(vendor, SHOWN, errors),
        ids::number(product, SHOWN, errors),
    ];
    if errors.count() != before {
        return None;
    }
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

/// A bus, by its name or its number; none for `_`.
fn bus_number(part: &[TokenTree], errors: &mut Errors) -> Option<Number> {
    let [TokenTree::Ident(written)] = part else {
        return ids::number(part, SHOWN, errors);
    };
    if written == "_" {
        return None;
    }
    let name = written.to_string();
    let known = BUSES.into_iter().find(|(known, _)| name == *known);
    if known.is_none() {
        let names = BUSES.map(|(known, _)| known);
        let help = match closest(&name.to_uppercase(), names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write its number, or one of {}", listed(names)),
        };
        let rule = format!("no bus with such devices is called `{name}`");
        errors.at(written.span(), rule, help);
    }
    known.map(|(_, value)| Number {
        value,
        span: written.span(),
    })
}

/// Applies the rules.
pub fn check(rows: &[Row], errors: &mut Errors) {
    for (index, row) in rows.iter().enumerate() {
        let [bus, vendor, product] = row.numbers;
        // The kernel would take 0 for the table's end, and the largest for any.
        if let Some(bus) = bus
            && !(1..0xffff).contains(&bus.value)
        {
            errors.at(
                bus.span,
                "the number of a bus is from 1 to 0xfffe",
                "write the bus's name, as `BUS_USB`, or `_` for any",
            );
        }
        for number in [vendor, product].into_iter().flatten() {
            if !(0..0xffff_ffff).contains(&number.value) {
                errors.at(
                    number.span,
                    "a vendor and a product are from 0 to 0xfffffffe",
                    format!("write the number, as {SHOWN} shows it, or `_` for any product"),
                );
            }
        }
        if vendor.is_none() {
            errors.at(
                row.span,
                "an id has a vendor: a driver for any would be bound to all devices",
                format!("write the vendor's number, as {SHOWN} shows it"),
            );
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
