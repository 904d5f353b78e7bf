// SPDX-License-Identifier: GPL-2.0-only
//! What shows a key's documentation in an editor: a use of the key's item, at the key.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A constant that costs nothing and names all keys that were written: of each attribute, itself and
/// its keys.
pub fn expand<'a>(
    attributes: impl IntoIterator<Item = &'a Vec<Ident>>,
    private: &TokenStream,
) -> TokenStream {
    let attributes = attributes.into_iter();
    let uses = attributes
        .filter_map(|written| written.split_first())
        .map(|(attribute, keys)| uses(attribute, keys, private));
    quote!(const _: &[()] = &[#(#uses)*];)
}

/// The same for an `impl` of handlers, if its attribute has keys.
pub fn of_handlers(written: &[Ident], private: &TokenStream) -> Option<TokenStream> {
    let (attribute, keys) = written.split_first()?;
    let uses = uses(attribute, keys, private);
    (!keys.is_empty()).then(|| quote!(const _: &[()] = &[#uses];))
}

fn uses(attribute: &Ident, keys: &[Ident], private: &TokenStream) -> TokenStream {
    quote!(#private::keys::#attribute::ATTRIBUTE, #(#private::keys::#attribute::#keys,)*)
}
