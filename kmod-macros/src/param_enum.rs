// SPDX-License-Identifier: GPL-2.0-only
//! `#[derive(ParamEnum)] enum … { Variant, #[param(name = "…")] Variant, … }`: an enum that a
//! parameter can be.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Fields, Ident, ItemEnum};

use crate::errors::Errors;
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::{attribute_args, name_of};

/// An enum under `#[derive(ParamEnum)]`.
pub struct ParamEnum {
    /// The enum.
    pub item: ItemEnum,
    /// Its variants, in their order.
    pub variants: Vec<Variant>,
}

/// A variant.
pub struct Variant {
    /// The variant itself.
    pub ident: Ident,
    /// Its name for `insmod`.
    pub name: Text,
}

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

/// The implementation of `ParamValue`.
pub fn expand(model: &ParamEnum, krate: &TokenStream) -> TokenStream {
    if !model.item.generics.params.is_empty() || model.variants.is_empty() {
        return TokenStream::new();
    }
    let ident = &model.item.ident;
    let names: Vec<_> = model
        .variants
        .iter()
        .map(|variant| &variant.name.value)
        .collect();
    let to_name = model
        .variants
        .iter()
        .zip(&model.item.variants)
        .map(|(variant, item)| {
            let (ident, name) = (&variant.ident, &variant.name.value);
            match item.fields {
                Fields::Unit => quote!(Self::#ident => #name,),
                // It was refused.
                _ => quote!(Self::#ident { .. } => #name,),
            }
        });
    let from_name =
        model
            .variants
            .iter()
            .zip(&model.item.variants)
            .filter_map(|(variant, item)| {
                let (ident, name) = (&variant.ident, &variant.name.value);
                matches!(item.fields, Fields::Unit).then(|| quote!(#name => Self::#ident,))
            });
    let all = names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    quote! {
        #[automatically_derived]
        impl #krate::params::ParamValue for #ident {
            const NAMES: &'static ::core::primitive::str = #all;
            fn parse(text: &::core::primitive::str) -> #krate::Result<Self> {
                ::core::result::Result::Ok(match text {
                    #(#from_name)*
                    _ => return ::core::result::Result::Err(#krate::error::code::EINVAL),
                })
            }
            fn show(&self, to: &mut #krate::params::ParamWriter<'_>) -> #krate::Result {
                to.write_str(match *self {
                    #(#to_name)*
                });
                ::core::result::Result::Ok(())
            }
        }
    }
}
