// SPDX-License-Identifier: GPL-2.0-only
//! Drivers by ids that are strings: `["name", "other" => data]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::Expr;

use super::{Object, ObjectAttribute, Site, driver, ids};
use crate::errors::Errors;
use crate::instance::Field;
use crate::instance::clashes::Namespace;
use crate::rules::names::{self, Folder};
use crate::syntax::Text;
use crate::syntax::args::Args;
use crate::syntax::forms::{literal, name_of, text};

/// A bus whose drivers have such ids.
pub struct Bus {
    /// The attribute of a driver; `ids` is the first of its keys.
    pub attribute: &'static ObjectAttribute,
    /// The names of drivers.
    pub drivers: Namespace,
    /// The key `ids`, with data.
    pub data_example: &'static str,
    /// What an id breaks, and how to mend it.
    pub wrong: fn(&str) -> Option<(&'static str, &'static str)>,
    /// Its name in `MODULE_DEVICE_TABLE()`.
    pub name: &'static str,
    /// Its type in `kmod_core::__private`.
    pub ty: &'static str,
    /// The type of the rows of ids there.
    pub row: &'static str,
}

/// A field under the attribute of a driver.
struct TextDriver {
    bus: &'static Bus,
    /// `name`, or the field's.
    name: Text,
    ids: Vec<Row>,
}

/// Reads the entries of a driver of this bus.
pub fn driver(
    bus: &'static Bus,
    args: &mut Args,
    field: &Ident,
    errors: &mut Errors,
) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let ids = parse(args, "ids", bus.data_example, errors);
    if ids.is_none() {
        args.missing(&bus.attribute.keys[0], errors);
    }
    let ids = ids?;
    Some(Box::new(TextDriver { bus, name, ids }))
}

impl Object for TextDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        self.bus.attribute
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file(self.bus.drivers.of, &self.name, Folder::Nowhere, errors);
        check(&self.ids, self.bus.wrong, errors);
        ids::check_data(data(&self.ids), errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&self.bus.drivers, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let table = driver::Table {
            bus: self.bus.name,
            bus_type: self.bus.ty,
            row: self.bus.row,
            rows: rows(&self.ids),
            data: ids::data(self.ids.iter().map(|row| &row.data)),
        };
        driver::expand(site, &self.name.value, table)
    }
}

/// An id.
pub struct Row {
    /// It.
    pub id: Text,
    /// What is said of it.
    pub data: Option<TokenStream>,
}

/// Reads the ids of a key; `data_example` is one with data.
pub fn parse(
    args: &mut Args,
    key: &str,
    data_example: &str,
    errors: &mut Errors,
) -> Option<Vec<Row>> {
    let (entry, written) = ids::list(args, key, data_example, errors)?;
    let rows = written.into_iter().filter_map(|row| {
        let tokens: TokenStream = row.id.iter().cloned().collect();
        let string = match row.id.as_slice() {
            [TokenTree::Literal(_)] => syn::parse2::<Expr>(tokens.clone()).ok(),
            _ => None,
        };
        match string.as_ref().and_then(literal) {
            Some(syn::Lit::Str(string)) => Some(Row {
                id: text(string),
                data: row.data,
            }),
            _ => {
                errors.on(
                    tokens,
                    "an id is a string",
                    format!("write `{}`", entry.example),
                );
                None
            }
        }
    });
    Some(rows.collect())
}

/// Applies the rules that hold for each of them. `wrong` says of an id what it breaks, and how to mend it.
pub fn check(
    rows: &[Row],
    wrong: impl Fn(&str) -> Option<(&'static str, &'static str)>,
    errors: &mut Errors,
) {
    for (index, row) in rows.iter().enumerate() {
        if let Some((rule, help)) = wrong(&row.id.value) {
            errors.at(row.id.span, rule, help);
        }
        let same = |other: &Row| other.id.value == row.id.value;
        if rows[..index].iter().any(same) {
            errors.at(
                row.id.span,
                "there is this id already",
                "leave one of them out",
            );
        }
    }
}

/// Where each is, and whether something is said of it: for [`ids::check_data`].
pub fn data(rows: &[Row]) -> impl Iterator<Item = (Span, bool)> + Clone {
    rows.iter().map(|row| (row.id.span, row.data.is_some()))
}

/// The rows as `new` of their type takes them.
pub fn rows(rows: &[Row]) -> Vec<TokenStream> {
    let texts = rows.iter().map(|row| &row.id.value);
    texts.map(|text| quote!(#text)).collect()
}
