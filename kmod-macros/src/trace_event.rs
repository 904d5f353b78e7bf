// SPDX-License-Identifier: GPL-2.0-only
//! `#[trace_event] struct …`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Field, Fields, GenericParam, ItemStruct};

use crate::case;
use crate::errors::Errors;
use crate::rules::c_names;
use crate::syntax::types::standalone;
use crate::tokens::{call_at, generated_at};

/// The longest name of an event, without the module's before it.
const NAME_MAX: usize = 64;

/// The most fields of an event.
const FIELDS_MAX: usize = 64;

/// The struct as it is, and what makes it an event.
pub fn expand(
    args: TokenStream,
    item: &ItemStruct,
    errors: &mut Errors,
    krate: &TokenStream,
) -> TokenStream {
    let before = errors.count();
    if !args.is_empty() {
        errors.on(
            args,
            "`#[trace_event]` has no keys",
            "write `#[trace_event]`; the event's name is made from the struct's",
        );
    }
    check(item, errors);
    let private = quote!(#krate::__private);
    let event = match errors.count() > before {
        false => event(item, &private),
        true => stand_in(item, &private),
    };
    quote!(#item #event)
}

/// Applies the rules; what only the compiler knows (types, sizes) it checks itself.
fn check(item: &ItemStruct, errors: &mut Errors) {
    let name = case::snake(&item.ident);
    c_names::check(&item.ident, &name, errors);
    if name.len() > NAME_MAX {
        errors.at(
            item.ident.span(),
            format!("the name of a trace event has at most {NAME_MAX} characters"),
            "take a shorter one: the module's stands before it",
        );
    }
    for param in &item.generics.params {
        if !matches!(param, GenericParam::Lifetime(_)) {
            errors.on(
                param,
                "a trace event is not generic: tracers know each of its fields",
                "write the type that the parameter stands for",
            );
        }
    }
    match &item.fields {
        Fields::Named(fields) if fields.named.len() > FIELDS_MAX => errors.at(
            item.ident.span(),
            format!("a trace event has at most {FIELDS_MAX} fields"),
            "make two events of it",
        ),
        Fields::Named(fields) if !fields.named.is_empty() => {}
        Fields::Unnamed(fields) => errors.on(
            fields,
            "the fields of a trace event have names: tracers show them",
            format!("write `struct {} {{ name: Type }}`", item.ident),
        ),
        _ => errors.at(
            item.ident.span(),
            format!("`{}` has no fields: there is nothing to trace", item.ident),
            "give it a field: what is to be known of each time",
        ),
    }
    for field in &item.fields {
        check_field(field, errors);
    }
}

fn check_field(field: &Field, errors: &mut Errors) {
    if let Some(ident) = &field.ident {
        let name = case::raw(ident);
        c_names::check(ident, &name, errors);
        if name.starts_with("common_") {
            errors.at(
                ident.span(),
                format!("`{name}` begins as the fields do that every event has"),
                "leave `common_` out",
            );
        } else if name == "ent" || name.starts_with("__") {
            errors.at(
                ident.span(),
                format!("`{name}` is a name of the kernel's in what it keeps of an event"),
                "take another name",
            );
        }
    }
    for attribute in &field.attrs {
        if attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr") {
            errors.on(
                attribute,
                "the fields of a trace event do not depend on how the module is configured",
                "leave the field in, and its value 0",
            );
        }
    }
}

/// Keeps the compiler from saying of a refused struct that it is no event.
fn stand_in(item: &ItemStruct, private: &TokenStream) -> TokenStream {
    let ident = &item.ident;
    let (generics, types, clause) = item.generics.split_for_impl();
    quote! {
        unsafe impl #generics #private::trace::TraceEvent for #ident #types #clause {
            const FIELDS: &'static [#private::uapi::TraceField] = &[];

            fn is_on() -> ::core::primitive::bool {
                false
            }

            fn send(&self) {}
        }
    }
}

fn event(item: &ItemStruct, private: &TokenStream) -> TokenStream {
    let ident = &item.ident;
    let cfgs: Vec<&Attribute> = item
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"))
        .collect();
    let (generics, types, clause) = item.generics.split_for_impl();
    // The struct, where its lifetimes are of no matter.
    let elided = item.generics.params.iter().map(|_| quote!('_));
    let event = quote!(<#ident<#(#elided),*> as #private::trace::TraceEvent>);

    let name = case::snake(ident);
    let (point, function) = (format!("kmod_point_{name}"), format!("kmod_event_{name}"));
    let (mut described, mut values) = (TokenStream::new(), TokenStream::new());
    let mut checks = TokenStream::new();
    for (index, field) in item.fields.iter().enumerate() {
        let Some(ident) = &field.ident else { continue };
        let (name, ty) = (case::raw(ident), standalone(&field.ty, &item.ident));
        let at = generated_at(field.ty.span());
        let asked = quote_spanned!(at=> #ty as #private::trace::TraceField);
        described.extend(quote! {
            #private::uapi::TraceField {
                name: #name,
                kind: <#asked>::KIND,
            },
        });
        values.extend(quote!(<#asked>::value(&self.#ident),));
        let not_empty = call_at(
            at,
            quote!(#private::trace::assert_not_empty),
            quote!(
                #event::FIELDS,
                #index,
                "an array in a trace event has elements\n= help: leave the field out"
            ),
        );
        checks.extend(quote!(const _: () = #not_empty;));
    }
    let not_large = call_at(
        generated_at(ident.span()),
        quote!(#private::trace::assert_event_size),
        quote!(
            #event::FIELDS,
            "the fields of a trace event come to at most 1024 bytes, of which a text may take 256\n\
             = help: leave out what can be found by the rest"
        ),
    );
    quote! {
        #(#cfgs)*
        const _: () = {
            // SAFETY: C is handed the values of all fields, in the order in which it is told of them.
            unsafe impl #generics #private::trace::TraceEvent for #ident #types #clause {
                const FIELDS: &'static [#private::uapi::TraceField] = &[#described];

                #[inline(always)]
                fn is_on() -> ::core::primitive::bool {
                    #private::trace_is_on!(#point)
                }

                fn send(&self) {
                    #private::trace_send!(#function, [#values]);
                }
            }

            #checks
            const _: () = #not_large;

            #private::told_link! {
                #private::uapi::Item::TraceEvent(&#private::uapi::TraceEvent {
                    name: #name,
                    place: #private::concat!(#private::file!(), ":", #private::line!()),
                    fields: #event::FIELDS,
                })
            }
        };
    }
}
