// SPDX-License-Identifier: GPL-2.0-only
//! The ids of a USB driver: `[(vendor, product), (class(class, subclass, protocol)) => data]`.

use proc_macro2::{Delimiter, Literal, Span, TokenStream, TokenTree};

use super::ids::{self, Number, Written};
use crate::errors::Errors;
use crate::syntax::args::{Args, Entry, split_at_commas};
use crate::tokens::option;

/// An id.
pub struct Row {
    /// The device's vendor and product; none is any.
    device: [Option<Number>; 2],
    /// The interface's class, subclass and protocol.
    class: [Option<Number>; 3],
    /// The interface's number.
    interface: Option<Number>,
    /// What is said of it.
    pub data: Option<TokenStream>,
    span: Span,
}

const FORM: &str = "an id is `(vendor, product)`, `(class(class, subclass, protocol))`, or both, and \
                    `interface(number)` after that";

/// Where the numbers of a device are to be seen.
const SHOWN: &str = "`lsusb -v`";

impl Row {
    /// All numbers.
    fn all(&self) -> [Option<Number>; 6] {
        let [vendor, product] = self.device;
        let [class, subclass, protocol] = self.class;
        [vendor, product, class, subclass, protocol, self.interface]
    }

    /// They, as `UsbId` takes them.
    pub fn numbers(&self) -> [TokenStream; 6] {
        // Others were refused.
        let value = |number: Number| u16::try_from(number.value).unwrap_or_default();
        self.all()
            .map(|number| option(number.map(|number| Literal::u16_unsuffixed(value(number)))))
    }
}

/// Reads the ids of an attribute.
pub fn parse(args: &mut Args, errors: &mut Errors) -> Option<Vec<Row>> {
    let (entry, written) = ids::list(args, "ids", "(0x1234, 0x5678) => Model::A", errors)?;
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
    let (mut device, mut class, mut interface) = ([None; 2], [None; 3], None);
    let mut rest = parts.as_slice();
    if let [vendor, product, others @ ..] = rest
        && list_of(vendor).is_none()
        && list_of(product).is_none()
    {
        device = [
            ids::number(vendor, SHOWN, errors),
            ids::number(product, SHOWN, errors),
        ];
        rest = others;
    }
    let mut last = "";
    for part in rest {
        let Some((name, numbers)) = list_of(part) else {
            return wrong(part.iter().cloned().collect(), entry, errors);
        };
        let numbers = split_at_commas(numbers, errors);
        match (name.as_str(), numbers.as_slice(), last) {
            ("class", [first, second, third], "") => {
                class = [first, second, third].map(|part| ids::number(part, SHOWN, errors));
                last = "class";
            }
            ("interface", [number], "" | "class") => {
                interface = ids::number(number, SHOWN, errors);
                last = "interface";
            }
            _ => return wrong(part.iter().cloned().collect(), entry, errors),
        }
    }
    if errors.count() != before {
        return None;
    }
    let span = tuple.span();
    Some(Row {
        device,
        class,
        interface,
        data: written.data,
        span,
    })
}

/// A word with a list: `class(…)`.
fn list_of(part: &[TokenTree]) -> Option<(String, TokenStream)> {
    match part {
        [TokenTree::Ident(name), TokenTree::Group(list)]
            if list.delimiter() == Delimiter::Parenthesis =>
        {
            Some((name.to_string(), list.stream()))
        }
        _ => None,
    }
}

/// Reports what is no id.
fn wrong(tokens: TokenStream, entry: &Entry, errors: &mut Errors) -> Option<Row> {
    errors.on(
        tokens,
        FORM,
        format!(
            "write `{}`, or `ids = [(class(0xff, 1, _))]`",
            entry.example
        ),
    );
    None
}

/// Applies the rules.
pub fn check(rows: &[Row], errors: &mut Errors) {
    for (index, row) in rows.iter().enumerate() {
        for number in row.device.iter().flatten() {
            in_range(
                number,
                0xffff,
                "a vendor and a product have 16 bits",
                errors,
            );
        }
        let of_interface = row.class.iter().chain([&row.interface]);
        for number in of_interface.flatten() {
            let rule = "a class, a subclass, a protocol and an interface have 8 bits";
            in_range(number, 0xff, rule, errors);
        }
        match row.all() {
            [None, Some(product), ..] => errors.at(
                product.span,
                "a product is one of a vendor's",
                format!("write the vendor's number, as {SHOWN} shows it"),
            ),
            [None, _, None, ..] => errors.at(
                row.span,
                "an id has a vendor or a class: a driver for any would be bound to all devices",
                format!("write the vendor's number, as {SHOWN} shows it, or `class(0xff, _, _)`"),
            ),
            // The kernel could take it for the table's end.
            [Some(vendor), ..] if vendor.value == 0 => errors.at(
                vendor.span,
                "no vendor has the number 0",
                format!("write the vendor's number, as {SHOWN} shows it"),
            ),
            [None, _, Some(class), ..] if class.value == 0 => errors.at(
                class.span,
                "no interface has the class 0",
                format!("write its class, as {SHOWN} shows it"),
            ),
            _ => {}
        }
        let same = |other: &Row| {
            let values = |row: &Row| row.all().map(|number| number.map(|number| number.value));
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

/// Holds that a number is at most so large.
fn in_range(number: &Number, largest: i128, rule: &str, errors: &mut Errors) {
    if !(0..=largest).contains(&number.value) {
        errors.at(
            number.span,
            rule,
            format!("write one from 0 to {largest:#x}, or `_` for any"),
        );
    }
}
