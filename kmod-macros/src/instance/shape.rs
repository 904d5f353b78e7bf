// SPDX-License-Identifier: GPL-2.0-only
//! What an instance's struct looks like.

use syn::{Fields, Type, parse_quote};

use super::Instance;
use crate::errors::Errors;

/// The struct has named fields or none, and stands for itself: it has no generics.
pub fn check(instance: &mut Instance, errors: &mut Errors) {
    let before = errors.count();
    let (item, what) = (&instance.item, instance.kind.what());
    if let Fields::Unnamed(fields) = &item.fields {
        errors.on(
            fields,
            format!(
                "the fields of a {what} have names: a kernel object takes its name from its field"
            ),
            format!("write `struct {} {{ name: Type }}`", item.ident),
        );
    }
    for param in &item.generics.params {
        let (is, help) = match param {
            syn::GenericParam::Lifetime(_) => (
                "borrows nothing",
                "own the value, or put `&'static` where it lives as long as the kernel",
            ),
            _ => (
                "is not generic",
                "write the type that the parameter stands for",
            ),
        };
        errors.on(
            param,
            format!("a {what} {is}: {}", instance.kind.life()),
            help,
        );
    }
    if item.generics.params.is_empty()
        && let Some(clause) = &item.generics.where_clause
    {
        errors.on(
            clause,
            format!("a {what} is not generic"),
            "leave the `where` out",
        );
    }
    // A tuple struct has no objects, so that all else can stand beside the report.
    instance.misshapen = errors.count() != before && !matches!(item.fields, Fields::Unnamed(_))
        || !item.generics.params.is_empty();
    sizes(instance, errors);
}

/// Each field has a size. One that has none stands in the expansion as something that has, with its
/// type inside, so that it is reported once.
fn sizes(instance: &mut Instance, errors: &mut Errors) {
    for field in &mut instance.item.fields {
        let ty = &field.ty;
        let Some(unsized_one) = without_size(ty) else {
            continue;
        };
        errors.on(
            ty,
            format!(
                "a field of a {} has a size, which {unsized_one} has not",
                instance.kind.what()
            ),
            "put it behind a pointer: `&'static` where it lives as long as the kernel, or a `KBox`",
        );
        field.ty = parse_quote!(::core::marker::PhantomData<fn(&(#ty))>);
        let object = instance
            .fields
            .iter_mut()
            .find(|object| field.ident.as_ref() == Some(&object.ident));
        if let Some(object) = object {
            object.object = None;
            object.ty = parse_quote!(());
        }
    }
}

/// What a type is that plainly has no size.
fn without_size(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Group(group) => without_size(&group.elem),
        Type::Paren(paren) => without_size(&paren.elem),
        Type::TraitObject(_) => Some("a trait object"),
        Type::Slice(_) => Some("a slice"),
        Type::Path(path) if path.path.is_ident("str") => Some("a `str`"),
        _ => None,
    }
}
