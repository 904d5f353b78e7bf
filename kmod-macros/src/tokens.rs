// SPDX-License-Identifier: GPL-2.0-only
//! What generated code is made of: spans, calls and literals.

use std::ffi::CString;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::syntax::Number;

/// The span of generated code that stands for a token of the user's.
pub fn generated_at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The same tokens at another place.
pub fn moved(tokens: &TokenStream, span: Span) -> TokenStream {
    let trees = tokens.clone().into_iter();
    trees
        .map(|mut tree| {
            tree.set_span(span);
            tree
        })
        .collect()
}

/// An item of kmod-core that the compiler finds at `span` when it refuses its use: by its path's first
/// token and its last.
pub fn item_at(span: Span, private: &TokenStream, name: &str) -> TokenStream {
    let trees = private.clone().into_iter().enumerate();
    let begin = trees.map(|(index, mut tree)| {
        if index < "::".len() {
            tree.set_span(span);
        }
        tree
    });
    let (begin, name): (TokenStream, _) = (begin.collect(), Ident::new(name, span));
    quote!(#begin::#name)
}

/// A call that the compiler finds at `span` when it fails: by its parentheses alone, so that an editor
/// finds no other name there.
pub fn call_at(span: Span, function: TokenStream, args: TokenStream) -> TokenStream {
    let [function, args] = [function, args].map(|tokens| {
        let mut group = Group::new(Delimiter::Parenthesis, tokens);
        group.set_span(span);
        group
    });
    quote!(#function #args)
}

/// An `Option`, spelled so that no name of the user's is in its way.
pub fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// A mode, written as modes are.
pub fn octal(mode: Option<&Number>, default: u128) -> TokenStream {
    let value = mode.map_or(default, |mode| mode.value);
    format!("0o{value:o}").parse().unwrap_or_default()
}

/// A C string literal; what follows a NUL was refused, or is never seen.
pub fn c_str(value: &str) -> Literal {
    let until_nul: Vec<u8> = value.bytes().take_while(|byte| *byte != 0).collect();
    Literal::c_string(&CString::new(until_nul).unwrap_or_default())
}
