// SPDX-License-Identifier: GPL-2.0-only
//! What a module struct looks like.

use syn::{Fields, Type, parse_quote};

use crate::errors::Errors;
use crate::kernel_module::Module;

/// A module struct has named fields or none, and stands for itself: it has no generics.
pub fn check(module: &mut Module, errors: &mut Errors) {
    let before = errors.count();
    let item = &module.item;
    if let Fields::Unnamed(fields) = &item.fields {
        errors.on(
            fields,
            "the fields of a module struct have names: a kernel object takes its name from its \
             field",
            format!("write `struct {} {{ name: Type }}`", item.ident),
        );
    }
    for param in &item.generics.params {
        let (what, help) = match param {
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
            format!("a module struct {what}: the kernel holds one, from `insmod` to `rmmod`"),
            help,
        );
    }
    if item.generics.params.is_empty()
        && let Some(clause) = &item.generics.where_clause
    {
        errors.on(
            clause,
            "a module struct is not generic",
            "leave the `where` out",
        );
    }
    // A tuple struct has no objects, so that all else can stand beside the report.
    module.misshapen = errors.count() != before && !matches!(item.fields, Fields::Unnamed(_))
        || !item.generics.params.is_empty();
    sizes(module, errors);
}

/// Each field has a size. One that has none stands in the expansion as something that has, with its
/// type inside, so that it is reported once.
fn sizes(module: &mut Module, errors: &mut Errors) {
    for field in &mut module.item.fields {
        let ty = &field.ty;
        let Some(what) = without_size(ty) else {
            continue;
        };
        errors.on(
            ty,
            format!("a field of a module struct has a size, which {what} has not"),
            "put it behind a pointer: `&'static` where it lives as long as the kernel, or a `KBox`",
        );
        field.ty = parse_quote!(::core::marker::PhantomData<fn(&(#ty))>);
        let object = module
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
