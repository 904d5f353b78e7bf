// SPDX-License-Identifier: GPL-2.0-only
//! Where the tokens of expansions stand: what editors find at a name, and whose `unsafe` it is.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::Item;
use syn::spanned::Spanned;

use super::expand;
use super::goldens::inputs;

/// The most generated names that stand at a field's type or at the struct's name: those by which
/// the compiler finds what it reports there.
const GENERATED: usize = 4;

/// The same for a sysctl, whose type must have what all keys ask for.
const GENERATED_FOR_SYSCTL: usize = 19;

/// All identifiers of a stream, in all groups.
fn idents(stream: TokenStream) -> Vec<proc_macro2::Ident> {
    let trees = stream.into_iter();
    trees
        .flat_map(|tree| match tree {
            TokenTree::Ident(ident) => vec![ident],
            TokenTree::Group(group) => idents(group.stream()),
            _ => Vec::new(),
        })
        .collect()
}

/// Whether a token is the user's or stands where one does: the call site has no text.
fn is_users(span: Span) -> bool {
    span.source_text().is_some()
}

#[test]
fn no_unsafe_of_an_expansion_stands_at_the_users_code() {
    for (path, source) in inputs() {
        for ident in idents(expand(&source)) {
            if ident == "unsafe" {
                assert!(!is_users(ident.span()), "{path}: {:?}", ident.span());
            }
        }
    }
}

#[test]
fn the_users_code_is_told_from_generated_code() {
    let users: TokenStream = "unsafe".parse().expect("tokens");
    assert!(is_users(users.span()));
    assert!(!is_users(quote::quote!(unsafe).span()));
}

/// The types of the fields and of devices, and the struct's name: its text, where it is, and whether it is a sysctl's.
fn places(source: &str) -> Vec<(String, Range<usize>, bool)> {
    let file = syn::parse_file(source).expect("a test's source is Rust");
    let structs = file.items.iter().filter_map(|item| match item {
        Item::Struct(item)
            if item
                .attrs
                .iter()
                .any(|attr| attr.path().is_ident("kernel_module")) =>
        {
            Some(item)
        }
        _ => None,
    });
    let mut places = Vec::new();
    for item in &file.items {
        if let Item::Impl(item) = item {
            let at = item.self_ty.span();
            places.extend(at.source_text().map(|text| (text, at.byte_range(), false)));
        }
    }
    for item in structs {
        let at = item.ident.span();
        places.extend(at.source_text().map(|text| (text, at.byte_range(), false)));
        for field in &item.fields {
            let is_sysctl = field
                .attrs
                .iter()
                .any(|attr| attr.path().is_ident("sysctl"));
            let at = field.ty.span();
            places.extend(
                at.source_text()
                    .map(|text| (text, at.byte_range(), is_sysctl)),
            );
        }
    }
    places
}

#[test]
fn editors_find_little_else_at_a_name() {
    let mut seen = 0;
    for (path, source) in inputs() {
        let all = idents(expand(&source));
        for (place, at, is_sysctl) in places(&source) {
            let there = all.iter().filter(|ident| ident.span().byte_range() == at);
            let names: BTreeSet<String> = there.map(ToString::to_string).collect();
            let generated: Vec<&String> = names
                .iter()
                .filter(|name| **name != place && *name != "compile_error")
                .collect();
            let most = if is_sysctl {
                GENERATED_FOR_SYSCTL
            } else {
                GENERATED
            };
            assert!(generated.len() <= most, "{path}: {place}: {generated:?}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}
