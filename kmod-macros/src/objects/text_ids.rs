// SPDX-License-Identifier: GPL-2.0-only
//! Ids that are strings: `["name", "other" => data]`.

use proc_macro2::{TokenStream, TokenTree};
use syn::Expr;

use super::ids;
use crate::errors::Errors;
use crate::syntax::Text;
use crate::syntax::args::Args;
use crate::syntax::forms::{literal, text};

/// An id.
pub struct Row {
    /// It.
    pub id: Text,
    /// What is said of it.
    pub data: Option<TokenStream>,
}

/// Reads the ids of an attribute; `data_example` is one with data.
pub fn parse(args: &mut Args, data_example: &str, errors: &mut Errors) -> Option<Vec<Row>> {
    let (entry, written) = ids::list(args, data_example, errors)?;
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

/// Applies the rules that hold for all of them. `wrong` says of an id what it breaks, and how to mend it.
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
    let data = rows.iter().map(|row| (row.id.span, row.data.is_some()));
    ids::check_data(data, errors);
}
