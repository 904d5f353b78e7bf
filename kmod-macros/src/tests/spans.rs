// SPDX-License-Identifier: GPL-2.0-only
//! Where the tokens of expansions stand: what editors find at a name, and whose `unsafe` it is.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, Item};

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

/// The same for a command: its handler and its constants have its name in other cases, and the handler's
/// signature is compared with the user's.
const GENERATED_FOR_COMMAND: usize = 6;

/// A name or a type of the user's.
struct Place {
    text: String,
    at: Range<usize>,
    /// The most generated names there.
    most: usize,
}

fn place(at: Span, most: usize) -> Option<Place> {
    Some(Place {
        text: at.source_text()?,
        at: at.byte_range(),
        most,
    })
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// The names and types of the items under the attributes.
fn places(source: &str) -> Vec<Place> {
    let file = syn::parse_file(source).expect("a test's source is Rust");
    let mut places = Vec::new();
    for item in &file.items {
        match item {
            Item::Impl(item) => places.extend(place(item.self_ty.span(), GENERATED)),
            Item::Struct(item) if has(&item.attrs, "kernel_module") || has(&item.attrs, "uapi") => {
                places.extend(place(item.ident.span(), GENERATED));
                for field in &item.fields {
                    let most = match has(&field.attrs, "sysctl") {
                        true => GENERATED_FOR_SYSCTL,
                        false => GENERATED,
                    };
                    places.extend(
                        field
                            .ident
                            .iter()
                            .filter_map(|name| place(name.span(), GENERATED)),
                    );
                    places.extend(place(field.ty.span(), most));
                }
            }
            Item::Enum(item) if has(&item.attrs, "ioctl") => {
                places.extend(place(item.ident.span(), GENERATED));
                for variant in &item.variants {
                    places.extend(place(variant.ident.span(), GENERATED_FOR_COMMAND));
                    let types = variant.fields.iter().map(|field| field.ty.span());
                    places.extend(types.filter_map(|at| place(at, GENERATED)));
                }
            }
            _ => {}
        }
    }
    places
}

#[test]
fn editors_find_little_else_at_a_name() {
    let mut seen = 0;
    for (path, source) in inputs() {
        let all = idents(expand(&source));
        for Place { text, at, most } in places(&source) {
            let there = all.iter().filter(|ident| ident.span().byte_range() == at);
            let names: BTreeSet<String> = there.map(ToString::to_string).collect();
            let generated: Vec<&String> = names
                .iter()
                .filter(|name| **name != text && *name != "compile_error")
                .collect();
            assert!(generated.len() <= most, "{path}: {text}: {generated:?}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}
