// SPDX-License-Identifier: GPL-2.0-only
//! `#[uapi]`

use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, Meta, Token};

use super::{c_names, shared_type};
use crate::case;
use crate::errors::Errors;
use crate::model::Uapi;

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
