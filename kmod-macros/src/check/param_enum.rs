// SPDX-License-Identifier: GPL-2.0-only
//! Enums that parameters can be.

use syn::Fields;

use crate::errors::Errors;
use crate::model::{ParamEnum, Variant};

/// Applies the rules.
pub fn check(model: &ParamEnum, errors: &mut Errors) {
    let item = &model.item;
    if !item.generics.params.is_empty() {
        errors.on(
            &item.generics,
            "an enum that a parameter can be is not generic",
            "leave the generic parameters out",
        );
    }
    if item.variants.is_empty() {
        errors.at(
            item.ident.span(),
            "an enum without variants has no value that could be given",
            "add a variant",
        );
    }
    for (index, variant) in item.variants.iter().enumerate() {
        if !matches!(variant.fields, Fields::Unit) {
            errors.on(
                &variant.fields,
                "a value is given by its name alone, so its variant holds nothing",
                "leave the fields out, or `impl ParamValue` for the enum",
            );
        }
        name(&model.variants[index], &model.variants[..index], errors);
    }
}

fn name(variant: &Variant, before: &[Variant], errors: &mut Errors) {
    let name = &variant.name;
    let word = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | ',' | '=');
    if name.value.is_empty() || !name.value.chars().all(word) {
        errors.at(
            name.span,
            "a value's name is one word of ASCII, as it stands on `insmod`'s line",
            format!("write `#[param(name = \"…\")]` before `{}`", variant.ident),
        );
    } else if before.iter().any(|other| other.name.value == name.value) {
        errors.at(
            name.span,
            format!("there is a value `{}` already", name.value),
            "give them different names",
        );
    }
}
