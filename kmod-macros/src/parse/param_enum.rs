// SPDX-License-Identifier: GPL-2.0-only
//! `#[derive(ParamEnum)] enum … { Variant, #[param(name = "…")] Variant, … }`

use syn::spanned::Spanned;
use syn::{Ident, ItemEnum};

use super::args::{Args, Key};
use super::values::{attribute_args, name_of};
use crate::errors::Errors;
use crate::model::{ParamEnum, Text, Variant};

/// The keys of a variant's `#[param]`.
pub const KEYS: &[Key] = &[Key {
    name: "name",
    example: "name = \"very-fast\"",
    meaning: "the value's name",
    default: "the variant's in `snake_case`",
    also: &["rename"],
}];

/// Reads the variants and their names.
pub fn parse(item: ItemEnum, errors: &mut Errors) -> ParamEnum {
    let on_enum = item.attrs.iter();
    for attribute in on_enum.filter(|attribute| attribute.path().is_ident("param")) {
        errors.on(
            attribute,
            "`#[param]` names a value, and stands on its variant",
            "put it above the variant",
        );
    }
    let variants = item.variants.iter().map(|variant| {
        let (mut name, mut named) = (None, false);
        for attribute in &variant.attrs {
            if attribute.path().is_ident("param") {
                if std::mem::replace(&mut named, true) {
                    errors.on(
                        attribute,
                        format!("`{}` has its name already", variant.ident),
                        "leave one of them out",
                    );
                    continue;
                }
                let span = attribute.path().span();
                let tokens = attribute_args(attribute, errors);
                let mut args = Args::parse("param", span, tokens, KEYS, errors);
                name = args.text("name", errors);
            }
        }
        Variant {
            name: name.unwrap_or_else(|| snake_case(&variant.ident)),
            ident: variant.ident.clone(),
        }
    });
    ParamEnum {
        variants: variants.collect(),
        item,
    }
}

/// `VeryFast` is `very_fast`.
fn snake_case(ident: &Ident) -> Text {
    let Text { value, span } = name_of(ident);
    let mut name = String::new();
    let mut before = '_';
    for c in value.chars() {
        if c.is_uppercase() && !before.is_uppercase() && before != '_' {
            name.push('_');
        }
        name.extend(c.to_lowercase());
        before = c;
    }
    Text { value: name, span }
}
