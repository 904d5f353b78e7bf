// SPDX-License-Identifier: GPL-2.0-only
//! What a module struct looks like.

use syn::Fields;

use crate::errors::Errors;
use crate::model::Module;

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
}
