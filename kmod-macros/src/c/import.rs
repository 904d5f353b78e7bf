// SPDX-License-Identifier: GPL-2.0-only
//! `#[import_c]`

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, ForeignItem, ItemForeignMod};

use super::{Whose, params, record, signature};
use crate::errors::Errors;

/// The block as it is, and a line of the header for each function.
pub fn expand(
    args: TokenStream,
    block: &ItemForeignMod,
    errors: &mut Errors,
    krate: &TokenStream,
) -> TokenStream {
    let before = errors.count();
    if !args.is_empty() {
        errors.on(
            args,
            "`#[import_c]` has no keys",
            "write `#[import_c]`; C knows the functions by their names",
        );
    }
    if let Some(name) = block.abi.name.as_ref().filter(|name| name.value() != "C") {
        errors.on(
            name,
            "the module's C is called as C is",
            "write `unsafe extern \"C\"`",
        );
    }
    let private = quote!(#krate::__private);
    let mut records = TokenStream::new();
    for item in &block.items {
        let ForeignItem::Fn(function) = item else {
            errors.on(
                item,
                "only functions are declared between C and Rust",
                "let C have a function that gives its address",
            );
            continue;
        };
        for attribute in function.attrs.iter().filter(|found| renames(found)) {
            errors.on(
                attribute,
                "a function has one name, which stands in the header",
                "call it here as C does",
            );
        }
        signature(&function.sig, errors);
        let params = params(&function.sig, errors);
        records.extend(record(
            &function.attrs,
            &function.sig,
            &params,
            &Whose::Cs,
            &private,
        ));
    }
    if errors.count() > before {
        return quote!(#block);
    }
    quote!(#block #records)
}

fn renames(attribute: &Attribute) -> bool {
    attribute.path().is_ident("link_name")
}
