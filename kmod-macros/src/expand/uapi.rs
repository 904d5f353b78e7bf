// SPDX-License-Identifier: GPL-2.0-only
//! `#[uapi]`

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Type;

use super::object::{call_at, generated_at};
use crate::case;
use crate::model::Uapi;
use crate::parse::docs;
use crate::parse::types::standalone;

/// The struct, its layout's checks, and what userspace is told.
pub fn expand(uapi: &Uapi, krate: &TokenStream) -> TokenStream {
    let item = &uapi.item;
    let name = &item.ident;
    let private = quote!(#krate::__private);
    if uapi.refused {
        let unsized_field = item.fields.iter().any(|field| is_unsized(&field.ty));
        let plain = item.generics.params.is_empty() && !unsized_field;
        let stand_in = plain.then(|| stand_in(name, &private));
        return quote!(#item #stand_in);
    }
    let repr = (!uapi.is_repr_c).then(|| quote!(#[repr(C)]));
    let fields = item
        .fields
        .iter()
        .filter_map(|field| Some((field.ident.as_ref()?, field)));
    let mut described = TokenStream::new();
    let mut checks = TokenStream::new();
    let mut end = quote!(0);
    for (ident, field) in fields {
        let ty = &standalone(&field.ty, name);
        let (name_in_c, shown) = (case::raw(ident), ident.to_string());
        let text = docs::text(&field.attrs);
        described.extend(quote! {
            #private::uapi::Field {
                name: #name_in_c,
                rust_name: #shown,
                docs: #text,
                offset: ::core::mem::offset_of!(#name, #ident),
                ty: <#ty as #private::uapi::Uapi>::TYPE,
            },
        });
        let at = generated_at(ident.span());
        let size = quote!(::core::mem::size_of::<#ty>());
        let offset = quote!(::core::mem::offset_of!(#name, #ident));
        let not_empty = call_at(at, quote!(#private::uapi::not_empty), size.clone());
        let no_padding = call_at(
            at,
            quote!(#private::uapi::no_padding_before),
            quote!(#offset, #end),
        );
        checks.extend(quote! {
            const _: () = #not_empty;
            const _: () = #no_padding;
        });
        end = quote!(#offset + #size);
    }
    let (name_in_c, shown) = (case::snake(name), name.to_string());
    let text = docs::text(&item.attrs);
    let record = record(
        &quote!(#private::uapi::Item::Struct(<#name as #private::uapi::Uapi>::TYPE)),
        &private,
    );
    let no_padding = call_at(
        generated_at(name.span()),
        quote!(#private::uapi::no_padding_behind),
        quote!(::core::mem::size_of::<#name>(), #end),
    );
    let implementation = quote! {
        // SAFETY: The struct is laid out as C does it, from types that are `Uapi` themselves, and
        // the checks below find no padding. So each integer lies at a multiple of its own size.
        unsafe impl #private::uapi::Uapi for #name {
            const TYPE: #private::uapi::Type = #private::uapi::Type::Struct {
                of: &#private::uapi::Struct {
                    name: #name_in_c,
                    rust_name: #shown,
                    docs: #text,
                    size: ::core::mem::size_of::<#name>(),
                    fields: &[#described],
                },
            };
        }
        const _: () = #no_padding;
    };
    quote! {
        #repr
        #item
        #implementation
        #checks
        #record
    }
}

/// Whether a type is plainly unsized.
fn is_unsized(ty: &Type) -> bool {
    match ty {
        Type::Slice(_) | Type::TraitObject(_) => true,
        Type::Path(path) => path.path.is_ident("str"),
        _ => false,
    }
}

/// Keeps the compiler from saying of a refused struct that it is not `Uapi`.
fn stand_in(name: &Ident, private: &TokenStream) -> TokenStream {
    quote! {
        unsafe impl #private::uapi::Uapi for #name {
            const TYPE: #private::uapi::Type = #private::uapi::Type::Int { name: "u8" };
        }
    }
}

/// The line for `cargo kmod uapi`, which builds for the host.
pub fn record(described: impl ToTokens, private: &TokenStream) -> TokenStream {
    quote! {
        #[cfg(not(target_os = "none"))]
        const _: () = {
            const ITEM: #private::uapi::Item = #described;
            #[used]
            // SAFETY: The section is ours, and holds lines of text.
            #[unsafe(link_section = ".kmod.uapi")]
            static LINE: [::core::primitive::u8; #private::uapi::line_len(ITEM)] =
                #private::uapi::line(ITEM);
        };
    }
}
