// SPDX-License-Identifier: GPL-2.0-only
//! `#[uapi] struct …`

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, ItemStruct, Meta, Token, Type};

use crate::case;
use crate::errors::Errors;
use crate::rules::{c_names, shared_type};
use crate::syntax::docs;
use crate::syntax::types::standalone;
use crate::tokens::{call_at, generated_at};

/// A struct that the kernel and userspace share.
pub struct Uapi {
    /// The struct.
    pub item: ItemStruct,
    /// It has `#[repr(C)]` already.
    pub is_repr_c: bool,
    /// It breaks a rule: what is emitted for it only keeps the compiler from further reports.
    pub refused: bool,
}

/// Reads the attribute, which has no keys, and the struct under it.
pub fn parse(args: TokenStream, item: ItemStruct, errors: &mut Errors) -> Uapi {
    if !args.is_empty() {
        errors.on(
            args,
            "`#[uapi]` has no keys",
            "write `#[uapi]`; the struct's name in C is made from its name here",
        );
    }
    Uapi {
        item,
        is_repr_c: false,
        refused: false,
    }
}

/// Applies the rules; what the compiler must compute (padding, sizes) it checks itself.
pub fn check(uapi: &mut Uapi, errors: &mut Errors) {
    let before = errors.count();
    let item = &uapi.item;
    let mut is_repr_c = false;
    for attribute in &item.attrs {
        if attribute.path().is_ident("repr") {
            repr(attribute, &mut is_repr_c, errors);
        }
    }
    c_names::check(&item.ident, &case::snake(&item.ident), errors);
    for param in &item.generics.params {
        errors.on(
            param,
            "a struct that userspace shares is not generic: C has no generics",
            "write the type that the parameter stands for",
        );
    }
    match &item.fields {
        Fields::Named(fields) if !fields.named.is_empty() => {}
        Fields::Unnamed(fields) => errors.on(
            fields,
            "the fields of a struct that userspace shares have names",
            format!("write `struct {} {{ name: Type }}`", item.ident),
        ),
        _ => errors.at(
            item.ident.span(),
            format!("`{}` has no fields: C has no type of no size", item.ident),
            "declare a command without a payload by `#[io(…)]`",
        ),
    }
    for field in &item.fields {
        shared_type::check(&field.ty, errors);
        if let Some(ident) = &field.ident {
            c_names::check(ident, &case::raw(ident), errors);
        }
        for attribute in &field.attrs {
            if attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr") {
                errors.on(
                    attribute,
                    "a layout that userspace shares does not depend on how the module is configured",
                    "leave the field in, and its value 0",
                );
            }
        }
    }
    uapi.is_repr_c = is_repr_c;
    uapi.refused = errors.count() != before;
}

/// The layout is C's, and nothing but C's.
fn repr(attribute: &Attribute, is_repr_c: &mut bool, errors: &mut Errors) {
    let words = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let Ok(words) = words else {
        // The compiler says what is wrong with it.
        return;
    };
    for word in words {
        if word.path().is_ident("C") {
            *is_repr_c = true;
            continue;
        }
        errors.on(
            word,
            "a struct that userspace shares has C's ordinary layout",
            "leave this out: `#[uapi]` is `#[repr(C)]`",
        );
    }
}

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
    let (mut places, mut types) = (TokenStream::new(), TokenStream::new());
    for (index, (ident, field)) in fields.enumerate() {
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
        let place = format_ident!("kmod_{index}");
        places.extend(quote!(#ident: #place,));
        let is_exactly = call_at(
            at,
            quote!(#private::is_exactly::<#ty>),
            quote!(&raw const *#place),
        );
        types.extend(quote!(#is_exactly;));
    }
    let (name_in_c, shown) = (case::snake(name), name.to_string());
    let text = docs::text(&item.attrs);
    let record = record(
        quote!(Struct(<#name as #private::uapi::Uapi>::TYPE)),
        &private,
    );
    let no_padding = call_at(
        generated_at(name.span()),
        quote!(#private::uapi::no_padding_behind),
        quote!(::core::mem::size_of::<#name>(), #end),
    );
    let implementation = quote! {
        // SAFETY: The struct is laid out as C does it, from types that are `Uapi` themselves, and
        // the checks below find no padding and no other types. So each integer lies at a multiple of its own size.
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
        // An attribute after ours may have changed the struct: it has these fields and no others.
        const _: fn(&#name) = |#name { #places }| {
            #types
        };
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

/// The line for `cargo kmod uapi` and `glue`, which build for the host.
pub fn record(described: impl ToTokens, private: &TokenStream) -> TokenStream {
    quote!(#private::told! { #described })
}
