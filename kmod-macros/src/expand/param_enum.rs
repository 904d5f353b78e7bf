// SPDX-License-Identifier: GPL-2.0-only
//! `#[derive(ParamEnum)]`: the names, both ways.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Fields;

use crate::model::ParamEnum;

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
