// SPDX-License-Identifier: GPL-2.0-only
//! The tokens of an `impl` whose functions are handlers.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, ImplItem, Meta};

use super::{Handler, HandlerImpl, Otherwise, ReadyMade, Value};
use crate::keys;
use crate::tokens::generated_at;

/// The `impl`, completed.
pub fn expand(handlers: &HandlerImpl, krate: &TokenStream) -> TokenStream {
    let private = quote!(#krate::__private);
    let (of, item) = (handlers.of, &handlers.item);
    if handlers.misplaced {
        return quote!(#item);
    }
    let types = of.types.iter().filter(|ty| handlers.ty(ty.name).is_none());
    let types = types.filter_map(|ty| {
        let name = format_ident!("{}", ty.name);
        let default: TokenStream = ty.default?.parse().unwrap_or_default();
        Some(quote!(type #name = #default;))
    });
    let (mut slots, mut functions) = (TokenStream::new(), TokenStream::new());
    for handler in of.handlers {
        match (&handler.otherwise, handlers.handler(handler.name)) {
            (Otherwise::NullSlot, Some(there)) => {
                let slot = format_ident!("{}", handler.name);
                let present = present(&there.attrs);
                slots.extend(quote!(#slot: #present,));
            }
            (Otherwise::Function(function), None) => functions.extend(function(handlers, krate)),
            (Otherwise::NullSlot, None)
            | (Otherwise::Function(_), Some(_))
            | (Otherwise::Missing, _) => {}
        }
    }
    let ready_made = handlers.ready_made.iter();
    let ready_made = ready_made.filter_map(|ready| field(handlers, ready, &private));
    let keys = keys::of_handlers(&handlers.written, &private);
    let at = generated_at(item.self_ty.span());
    let is_there = |handler: &Handler| match handler.otherwise {
        Otherwise::NullSlot => handlers.handler(handler.name).is_some(),
        Otherwise::Missing | Otherwise::Function(_) => true,
    };
    let all = !of.has_more && of.handlers.iter().all(is_there);
    let there = of.table.map(|table| {
        let table = format_ident!("{table}");
        let rest = (!all).then(|| quote!(..#private::#table::NONE));
        quote! {
            const HANDLERS: #private::#table = #private::#table {
                #slots
                #(#ready_made,)*
                #rest
            };
        }
    });
    let beside = (of.rules.beside)(handlers, &private);
    let added = quote! {
        #(#types)*
        #there
        #beside
        #functions
    };
    let mut item = item.clone();
    (of.rules.complete)(&mut item, at);
    item.items.insert(0, ImplItem::Verbatim(added));
    quote!(#keys #item)
}

/// The field of what the kernel has for a slot; a name that it has not was refused.
fn field(handlers: &HandlerImpl, ready: &ReadyMade, private: &TokenStream) -> Option<TokenStream> {
    let function = handlers.of.function(ready)?;
    let field = format_ident!("{}", function.field);
    let value = match &function.value {
        Value::True => quote!(true),
        Value::Variant(ty, variant) | Value::VariantOf(ty, variant, _) => {
            let [ty, variant] = [ty, variant].map(|name| format_ident!("{name}"));
            let argument = ready.argument.iter().map(|argument| quote!((#argument)));
            quote!(#private::#ty::#variant #(#argument)*)
        }
    };
    Some(quote!(#field: #value))
}

/// Whether a handler's `#[cfg]`s keep it.
fn present(attributes: &[Attribute]) -> TokenStream {
    let conditions: Vec<_> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg") => Some(&list.tokens),
            _ => None,
        })
        .collect();
    if conditions.is_empty() {
        quote!(true)
    } else {
        quote!(::core::cfg!(all(#(#conditions),*)))
    }
}
