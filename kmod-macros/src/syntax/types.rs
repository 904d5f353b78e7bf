// SPDX-License-Identifier: GPL-2.0-only
//! Types of the user's, so that they can stand where generated code needs them.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Type, TypeParen, token};

/// A field's type as it may stand anywhere outside its struct: behind `&` or before `as`, where
/// `dyn A + B` needs parentheses, and where `Self` is another type.
pub fn standalone(ty: &Type, me: &Ident) -> Type {
    let ty = match mentions_self(ty.to_token_stream()) {
        true => syn::parse2(named(ty.to_token_stream(), me)).unwrap_or_else(|_| ty.clone()),
        false => ty.clone(),
    };
    parenthesised(ty)
}

/// A type that can stand behind `&` or before `as`.
pub fn parenthesised(ty: Type) -> Type {
    if ends_in_bounds(&ty) {
        return Type::Paren(TypeParen {
            paren_token: token::Paren::default(),
            elem: Box::new(ty),
        });
    }
    ty
}

/// Whether a `+` at its end would be the type's.
fn ends_in_bounds(ty: &Type) -> bool {
    let bounds = match ty {
        Type::Group(group) => return ends_in_bounds(&group.elem),
        Type::ImplTrait(ty) => &ty.bounds,
        Type::TraitObject(ty) => &ty.bounds,
        _ => return false,
    };
    bounds.len() > 1 || bounds.trailing_punct()
}

fn mentions_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => mentions_self(group.stream()),
        _ => false,
    })
}

/// The struct's name where `Self` stands.
fn named(tokens: TokenStream, me: &Ident) -> TokenStream {
    let trees = tokens.into_iter();
    trees
        .map(|tree| match tree {
            TokenTree::Ident(ident) if ident == "Self" => {
                // A copy, since a raw name cannot be made of its text.
                let mut me = me.clone();
                me.set_span(ident.span());
                me.into()
            }
            TokenTree::Group(group) => {
                let mut new = Group::new(group.delimiter(), named(group.stream(), me));
                new.set_span(group.span());
                new.into()
            }
            other => other,
        })
        .collect()
}
