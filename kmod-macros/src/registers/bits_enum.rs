// SPDX-License-Identifier: GPL-2.0-only
//! `#[derive(BitsEnum)] enum … { Off = 0, On = 2 }`: an enum that a bit field can be.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Fields, ItemEnum, Variant};

use super::number;
use crate::errors::Errors;

/// Applies the rules; the bits of each variant, if the enum can be one.
pub fn check(item: &ItemEnum, errors: &mut Errors) -> Option<Vec<u64>> {
    let before = errors.count();
    if !item.generics.params.is_empty() {
        errors.on(
            &item.generics,
            "an enum that a bit field can be is not generic",
            "leave the generic parameters out",
        );
    }
    if item.variants.is_empty() {
        errors.at(
            item.ident.span(),
            "an enum without variants has no value that a bit field could have",
            "add a variant",
        );
    }
    let mut next = Some(0);
    let mut all = Vec::new();
    for variant in &item.variants {
        if !matches!(variant.fields, Fields::Unit) {
            errors.on(
                &variant.fields,
                "a value of a bit field is its bits alone, so its variant holds nothing",
                "leave the fields out, and write `= BITS` after the variant",
            );
        }
        let bits = bits(variant, next, errors);
        next = bits.and_then(|bits| bits.checked_add(1));
        all.extend(bits);
    }
    (errors.count() == before).then_some(all)
}

/// The bits of a variant: those written after it, or those that follow the ones before.
fn bits(variant: &Variant, next: Option<u64>, errors: &mut Errors) -> Option<u64> {
    let Some((_, expr)) = &variant.discriminant else {
        return next;
    };
    let bits = number(expr).and_then(|number| u64::try_from(number.value).ok());
    if bits.is_none() {
        errors.on(
            expr,
            "the bits of a value are a number of at most 64, written out",
            format!("write `{} = 0`", variant.ident),
        );
    }
    bits
}

/// The implementation of `BitsValue`.
pub fn expand(item: &ItemEnum, bits: &[u64], krate: &TokenStream) -> TokenStream {
    let private = quote!(#krate::__private);
    let ident = &item.ident;
    let variants: Vec<_> = item.variants.iter().map(|variant| &variant.ident).collect();
    let bits: Vec<_> = bits.iter().copied().map(Literal::u64_unsuffixed).collect();
    quote! {
        #[automatically_derived]
        impl #private::BitsValue for #ident {
            type Read = #krate::Result<Self>;
            const MOST: ::core::primitive::u32 = ::core::primitive::u64::BITS;
            const LEAST: ::core::primitive::u32 = #private::least_bits(&[#(#bits),*]);
            #[inline]
            fn from_bits(bits: ::core::primitive::u64) -> #krate::Result<Self> {
                ::core::result::Result::Ok(match bits {
                    #(#bits => Self::#variants,)*
                    _ => return ::core::result::Result::Err(#krate::error::code::EINVAL),
                })
            }
            #[inline]
            fn into_bits(self) -> ::core::primitive::u64 {
                match self {
                    #(Self::#variants => #bits,)*
                }
            }
        }
    }
}
