// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl]`

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned;

use super::object::{Site, generated_at};
use super::{c_str, chrdev};
use crate::model::{Range, Sysctl, Word};
use crate::parse::values::int_value;

/// The type of the static.
pub const STATIC: &str = "SysctlTable";

/// The mode of a sysctl whose attribute names none.
const MODE: u128 = 0o644;

/// What `kmod-core` needs to know of the sysctl.
pub fn expand(sysctl: &Sysctl, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let path = &sysctl.path.value;
    let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (dir, name) = (c_str(dir), c_str(name));
    let mode = chrdev::octal(sysctl.mode.as_ref(), MODE);
    let how = how(sysctl, site);
    let module = quote_spanned!(*span=> <#marker as #private::Field>::Module);
    let after = match &sysctl.on_change {
        None => quote_spanned! {*span=>
            #[inline]
            fn direct(
                module: &#module,
            ) -> ::core::option::Option<#private::Direct> {
                #private::direct::<Self>(module, &#how)
            }
        },
        Some(function) => quote_spanned! {*span=>
            fn on_change(module: &#module) {
                let on_change: fn(&#module) = #function;
                on_change(module)
            }
        },
    };
    let assertions = assertions(sysctl, site);
    quote_spanned! {*span=>
        #assertions
        #(#cfgs)*
        impl #private::SysctlField for #marker {
            const DIR: &'static ::core::ffi::CStr = #dir;
            const NAME: &'static ::core::ffi::CStr = #name;
            const MODE: ::core::primitive::u16 = #mode;
            fn handle(module: &#module, call: &mut #private::Call<'_>) -> #private::Result {
                #private::handle::<Self>(module, call, &#how)
            }
            #after
        }
    }
}

/// How the field is shown and written.
fn how(sysctl: &Sysctl, site: &Site<'_>) -> TokenStream {
    let Site { private, span, .. } = site;
    if sysctl.range.is_none() && sysctl.format.is_none() && sysctl.jiffies.is_none() {
        return quote_spanned!(*span=> #private::How::PLAIN);
    }
    let some = |key: &str, value: TokenStream| {
        let key = Ident::new(key, *span);
        quote_spanned!(*span=> #key: ::core::option::Option::Some(#value),)
    };
    let range = sysctl.range.as_ref().map(|range| {
        let (min, max) = (&range.min, &range.max);
        some("range", quote_spanned!(*span=> (#min, #max)))
    });
    let format = sysctl.format.as_ref().map(|format| {
        let variant = variant(format, *span);
        some("format", quote_spanned!(*span=> #private::Format::#variant))
    });
    let jiffies = sysctl.jiffies.as_ref();
    let jiffies = jiffies.map(|unit| some("jiffies", unit_of(unit, site)));
    quote_spanned! {*span=>
        #private::How {
            #range
            #format
            #jiffies
            ..#private::How::PLAIN
        }
    }
}

fn unit_of(unit: &Word, site: &Site<'_>) -> TokenStream {
    let Site { private, span, .. } = site;
    let variant = variant(unit, *span);
    quote_spanned!(*span=> #private::Jiffies::#variant)
}

/// `user_hz` is `UserHz`.
fn variant(word: &Word, span: Span) -> Ident {
    let capital = |part: &str| {
        let (first, rest) = part.split_at(part.len().min(1));
        first.to_uppercase() + rest
    };
    let name: String = word.value.split('_').map(capital).collect();
    Ident::new(&name, span)
}

/// What only the compiler knows: that the type has what the keys ask for.
fn assertions(sysctl: &Sysctl, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let ty = quote_spanned!(*span=> <#marker as #private::Field>::Type);
    let mut all: Vec<TokenStream> = Vec::new();
    if let Some(range) = &sysctl.range {
        all.push(quote_spanned!(*span=> #private::ranged::<#ty>()));
        all.extend(not_empty(range));
    }
    if sysctl.format.is_some() {
        all.push(quote_spanned!(*span=> #private::formatted::<#ty>()));
    }
    if let Some(unit) = &sysctl.jiffies {
        let (unit, range) = (unit_of(unit, site), sysctl.range.is_some());
        all.push(quote_spanned!(*span=> #private::jiffies::<#ty>(#unit, #range)));
    }
    let items = all
        .iter()
        .map(|assertion| quote_spanned!(*span=> #(#cfgs)* const _: () = #assertion;));
    items.collect()
}

/// What the macro could not compute: that a range whose end is a constant holds a value.
fn not_empty(range: &Range) -> Option<TokenStream> {
    let (Some(min), Some(max)) = (&range.min, &range.max) else {
        return None;
    };
    if int_value(min).is_some() && int_value(max).is_some() {
        return None;
    }
    Some(quote_spanned! {generated_at(min.span())=>
        ::core::assert!((#min) <= (#max), "this range holds no value")
    })
}
