// SPDX-License-Identifier: GPL-2.0-only
//! What the tables of ids of all buses have in common: `[id, id => data]`.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::Expr;
use syn::spanned::Spanned as _;

use super::Site;
use crate::errors::Errors;
use crate::syntax::args::{Args, Entry, Value, split_at_commas};
use crate::syntax::forms::int_value;

/// A row as it was written.
pub struct Written {
    /// Before `=>`, not empty.
    pub id: Vec<TokenTree>,
    /// After it.
    pub data: Option<TokenStream>,
}

/// Reads a list of ids, the value of `key`, of which each has data as in `data_example`. What is wrong was reported,
/// and is left out.
pub fn list(
    args: &mut Args,
    key: &str,
    data_example: &str,
    errors: &mut Errors,
) -> Option<(Entry, Vec<Written>)> {
    let entry = args.take(key)?;
    let Value::Is(tokens) = &entry.value else {
        return None;
    };
    let mut trees = tokens.clone().into_iter();
    let list = match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(list)), None) if list.delimiter() == Delimiter::Bracket => list,
        _ => {
            entry.wrong(tokens, "a list of ids", errors);
            return Some((entry, Vec::new()));
        }
    };
    let before = errors.count();
    let parts = split_at_commas(list.stream(), errors);
    if parts.is_empty() && errors.count() == before {
        entry.wrong(&list, "a list of ids, one at least", errors);
    }
    let rows = parts
        .iter()
        .filter_map(|part| written(part, &entry, data_example, errors))
        .collect();
    Some((entry, rows))
}

/// Splits a row at `=>`.
fn written(
    part: &[TokenTree],
    entry: &Entry,
    data_example: &str,
    errors: &mut Errors,
) -> Option<Written> {
    let (id, rest) = part.split_at(part.len().min(1));
    let id = id.to_vec();
    match rest {
        [] => Some(Written { id, data: None }),
        [
            TokenTree::Punct(equals),
            TokenTree::Punct(greater),
            data @ ..,
        ] if equals.as_char() == '=' && greater.as_char() == '>' && !data.is_empty() => {
            let data: TokenStream = data.iter().cloned().collect();
            if syn::parse2::<Expr>(data.clone()).is_err() {
                errors.on(
                    data,
                    "after `=>` comes a value of the driver's `type Id`",
                    format!("write `{data_example}`"),
                );
                return None;
            }
            Some(Written {
                id,
                data: Some(data),
            })
        }
        _ => {
            let whole: TokenStream = part.iter().cloned().collect();
            errors.on(
                whole,
                "an id stands alone, or has `=>` and a value after it",
                format!("write `{}`", entry.example),
            );
            None
        }
    }
}

/// A number of an id.
#[derive(Clone, Copy)]
pub struct Number {
    pub value: i128,
    pub span: Span,
}

/// The parts of a row that is a tuple; none if it is something else.
pub fn tuple<'a>(
    row: &'a Written,
    errors: &mut Errors,
) -> Option<(&'a Group, Vec<Vec<TokenTree>>)> {
    match row.id.as_slice() {
        [TokenTree::Group(tuple)] if tuple.delimiter() == Delimiter::Parenthesis => {
            Some((tuple, split_at_commas(tuple.stream(), errors)))
        }
        _ => None,
    }
}

/// A number of an id; none for `_`. `shown` says where one finds it.
pub fn number(part: &[TokenTree], shown: &str, errors: &mut Errors) -> Option<Number> {
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
            format!("write the number, as {shown} shows it: `0x1234`"),
        );
    }
    value.map(|value| Number { value, span })
}

/// The rule that holds for the data of all rows. `rows` says of each where it is, and whether it has some.
pub fn check_data(rows: impl Iterator<Item = (Span, bool)> + Clone, errors: &mut Errors) {
    let first = rows.clone().next().is_some_and(|(_, has)| has);
    for (span, has) in rows {
        if has != first {
            errors.at(
                span,
                "each id says something by `=>`, or none",
                "write what `probe` is to be told after each `=>`",
            );
        }
    }
}

/// The table, as C has it: in a module of the name that is returned, with the names that
/// `MODULE_DEVICE_TABLE(bus, …)` gives it. The rows are numbered from `first` on.
pub fn table(
    bus: &str,
    site: &Site<'_>,
    row: &Ident,
    rows: &[TokenStream],
    first: usize,
) -> (Ident, TokenStream) {
    let Site {
        private,
        marker,
        cfgs,
        ..
    } = site;
    let name = format_ident!("{marker}_{bus}_ids");
    let count = Literal::usize_unsuffixed(rows.len() + 1);
    let aliases = aliases(bus, marker.to_string().trim_start_matches("__kmod_"));
    let rows = rows.iter().enumerate().map(|(index, row_of)| {
        let index = Literal::usize_unsuffixed(first + index);
        quote!(#private::#row::new(#row_of, #index),)
    });
    let table = quote! {
        // modpost finds the table by the names that `MODULE_DEVICE_TABLE()` gives it, on this kernel
        // and on others. In a block the macro would be a statement, which it cannot be.
        #(#cfgs)*
        mod #name {
            pub static IDS: [#private::#row; #count] = [#(#rows)* #private::#row::END];
            #[cfg(target_os = "none")]
            ::core::arch::global_asm!(
                #(#aliases,)*
                ids = sym IDS,
                bytes = const ::core::mem::size_of::<[#private::#row; #count]>(),
            );
        }
    };
    (name, table)
}

/// What is said of each row.
pub fn data<'a>(rows: impl Iterator<Item = &'a Option<TokenStream>>) -> Vec<TokenStream> {
    let or_nothing = |data: &Option<TokenStream>| data.clone().unwrap_or_else(|| quote!(()));
    rows.map(or_nothing).collect()
}

/// Assembly that names a table as `MODULE_DEVICE_TABLE()` does.
fn aliases(bus: &str, of: &str) -> Vec<String> {
    let names = [
        format!("__mod_{bus}__{of}_device_table"),
        format!("__mod_device_table__kmod_module__{bus}__{of}"),
    ];
    let lines = names.iter().flat_map(|name| {
        [
            format!(".set {name}, {{ids}}"),
            format!(".type {name}, %object"),
            format!(".size {name}, {{bytes}}"),
        ]
    });
    lines.collect()
}
