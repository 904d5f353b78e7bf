// SPDX-License-Identifier: GPL-2.0-only
//! `#[bits(u32)] struct … { #[bit(0)] ready: bool, #[bit(4..=6)] mode: Mode, … }`

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprRange, Field, Fields, ItemStruct, RangeLimits, Type, Visibility};

use super::number;
use crate::case;
use crate::errors::Errors;
use crate::syntax::forms::{attribute_args, strip};
use crate::tokens::{call_at, generated_at};

/// The words that registers have.
const WORDS: [(&str, u128); 4] = [("u8", 8), ("u16", 16), ("u32", 32), ("u64", 64)];

/// A struct of bit fields.
pub struct Bits {
    item: ItemStruct,
    /// The word that they are in, with its bits.
    word: Option<(Ident, u128)>,
    fields: Vec<BitField>,
    /// It cannot be expanded: only the struct itself is emitted.
    misshapen: bool,
}

/// A bit field.
struct BitField {
    ident: Ident,
    vis: Visibility,
    attributes: Vec<Attribute>,
    ty: Type,
    first: u128,
    last: u128,
    span: Span,
    /// It has bits that are not there: nothing reads it.
    refused: bool,
}

/// Reads the attribute and the struct under it.
pub fn parse(tokens: TokenStream, mut item: ItemStruct, errors: &mut Errors) -> Bits {
    let named = syn::parse2::<Ident>(tokens.clone()).ok();
    let word = named.and_then(|ident| {
        let mut words = WORDS.iter();
        let (_, bits) = words.find(|(name, _)| ident == name)?;
        Some((ident, *bits))
    });
    if word.is_none() {
        let rule =
            "`#[bits]` takes the integer that the fields are in: `u8`, `u16`, `u32` or `u64`";
        match tokens.is_empty() {
            true => errors.at(item.ident.span(), rule, "write `#[bits(u32)]`"),
            false => errors.on(tokens, rule, "write `#[bits(u32)]`"),
        }
    }
    let fields = item.fields.iter_mut();
    let fields = fields
        .filter_map(|field| bit_field(field, errors))
        .collect();
    Bits {
        item,
        word,
        fields,
        misshapen: false,
    }
}

fn bit_field(field: &mut Field, errors: &mut Errors) -> Option<BitField> {
    // A tuple struct is refused as a whole.
    let ident = field.ident.clone()?;
    let is_ours = |attribute: &Attribute| {
        let path = attribute.path();
        path.is_ident("bit") || path.is_ident("bits")
    };
    let (ours, others): (Vec<_>, Vec<_>) = std::mem::take(&mut field.attrs)
        .into_iter()
        .partition(is_ours);
    let [attribute] = ours.as_slice() else {
        let (rule, help) = match ours.len() {
            0 => (
                "has no bits",
                "write `#[bit(0)]` or `#[bit(4..=6)]` above it",
            ),
            _ => ("has its bits already", "leave one of them out"),
        };
        let at = ours.get(1).map_or(ident.span(), Spanned::span);
        errors.at(at, format!("field `{ident}` {rule}"), help);
        return None;
    };
    let before = errors.count();
    let tokens = attribute_args(attribute, errors);
    if errors.count() != before {
        return None;
    }
    let expr = syn::parse2::<Expr>(tokens.clone()).ok();
    let range = expr
        .as_ref()
        .and_then(range)
        .filter(|_| attribute.path().is_ident("bit"));
    let Some((first, last)) = range else {
        errors.on(
            attribute,
            "a field's bits are one, or a range of them, written out",
            "write `#[bit(0)]` or `#[bit(4..=6)]`",
        );
        return None;
    };
    Some(BitField {
        ident,
        vis: field.vis.clone(),
        attributes: others,
        ty: field.ty.clone(),
        first,
        last,
        span: tokens.span(),
        refused: false,
    })
}

/// The first and the last bit.
fn range(expr: &Expr) -> Option<(u128, u128)> {
    let Expr::Range(ExprRange {
        start: Some(start),
        limits,
        end: Some(end),
        ..
    }) = strip(expr)
    else {
        let one = number(expr)?.value;
        return Some((one, one));
    };
    let (first, end) = (number(start)?.value, number(end)?.value);
    match limits {
        RangeLimits::Closed(_) => Some((first, end)),
        RangeLimits::HalfOpen(_) => Some((first, end.checked_sub(1)?)),
    }
}

/// Applies the rules.
pub fn check(bits: &mut Bits, errors: &mut Errors) {
    let before = errors.count();
    let item = &bits.item;
    for param in &item.generics.params {
        errors.on(
            param,
            "the bits of a register are not generic",
            "write the type that the parameter stands for",
        );
    }
    if let Fields::Unnamed(fields) = &item.fields {
        errors.on(
            fields,
            "bit fields have names",
            format!("write `struct {} {{ #[bit(0)] name: bool }}`", item.ident),
        );
    }
    bits.misshapen = errors.count() != before || bits.word.is_none();
    let Some((word, width)) = &bits.word else {
        return;
    };
    for index in 0..bits.fields.len() {
        let field = &bits.fields[index];
        let refused = field.first > field.last || field.last >= *width;
        if refused {
            errors.at(
                field.span,
                format!("a `{word}` has the bits 0 to {}", width - 1),
                "write the first bit, and the last one: `#[bit(4..=6)]`",
            );
        }
        let mut others = bits.fields[..index].iter();
        let other = others.find(|other| other.first <= field.last && field.first <= other.last);
        if let Some(other) = other {
            errors.at(
                field.span,
                format!("field `{}` overlaps `{}`", field.ident, other.ident),
                "give each bit to one field",
            );
        }
        bits.fields[index].refused = refused;
    }
}

/// The struct, and its fields as methods.
pub fn expand(bits: &Bits, krate: &TokenStream) -> TokenStream {
    let private = &quote!(#krate::__private);
    let item = &bits.item;
    let (attributes, vis, ident) = (&item.attrs, &item.vis, &item.ident);
    let Some((word, width)) = bits.word.as_ref().filter(|_| !bits.misshapen) else {
        return quote!(#item);
    };
    let width = Literal::u128_unsuffixed(*width);
    let methods = bits
        .fields
        .iter()
        .filter(|field| !field.refused)
        .map(|field| methods(field, word, &width, private));
    quote! {
        #(#attributes)*
        #[derive(::core::clone::Clone, ::core::marker::Copy)]
        #[repr(transparent)]
        #vis struct #ident(::core::primitive::#word);
        const _: () = {
            impl #private::RegisterValue for #ident {
                type Word = ::core::primitive::#word;
                #[inline(always)]
                fn from_word(word: Self::Word) -> Self {
                    Self(word)
                }
                #[inline(always)]
                fn into_word(self) -> Self::Word {
                    self.0
                }
            }
            impl<const WORD: ::core::primitive::u64> #private::ConstValue<WORD> for #ident {
                const VALUE: Self =
                    Self(<::core::primitive::#word as #private::ConstValue<WORD>>::VALUE);
            }
            #[allow(dead_code, reason = "a driver does not use all that its device has")]
            impl #ident {
                /// That of these bits.
                #[inline(always)]
                #[must_use]
                #vis const fn new(word: ::core::primitive::#word) -> Self {
                    Self(word)
                }
                /// All of its bits.
                #[inline(always)]
                #[must_use]
                #vis const fn word(self) -> ::core::primitive::#word {
                    self.0
                }
                #(#methods)*
            }
        };
    }
}

/// What reads a field, and what gives a value with another one.
fn methods(field: &BitField, word: &Ident, width: &Literal, private: &TokenStream) -> TokenStream {
    let BitField {
        ident,
        vis,
        attributes,
        ty,
        first,
        last,
        span,
        ..
    } = field;
    let with = format_ident!("with_{}", case::raw(ident), span = ident.span());
    let message =
        format!("field `{ident}` does not have as many bits as its type needs, or has more");
    let [first, last] = [first, last].map(|bit| Literal::u128_unsuffixed(*bit));
    let count = call_at(
        generated_at(*span),
        quote!(#private::bit_range::<#ty>),
        quote!(#first, #last, #width, #message),
    );
    let documented =
        format!("The same with another `{ident}`, of which what has no room is left out.");
    quote! {
        #(#attributes)*
        #[inline]
        #[must_use]
        #vis fn #ident(self) -> <#ty as #private::BitsValue>::Read {
            const COUNT: ::core::primitive::u32 = #count;
            #private::get_bits::<#ty, ::core::primitive::#word>(self.0, #first, COUNT)
        }
        #[doc = #documented]
        #[inline]
        #[must_use]
        #vis fn #with(self, value: #ty) -> Self {
            const COUNT: ::core::primitive::u32 = #count;
            Self(#private::with_bits(self.0, #first, COUNT, value))
        }
    }
}
