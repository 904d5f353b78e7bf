// SPDX-License-Identifier: GPL-2.0-only
//! The tokens of `#[sysctl]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{MODE, Sysctl};
use crate::instance::statics::{Member, Static, count};
use crate::objects::Site;
use crate::rules::capability;
use crate::syntax::forms::int_value;
use crate::syntax::{Range, Word};
use crate::tokens::{c_str, generated_at, moved, octal};

/// What `kmod-core` needs to know of the sysctl.
pub fn expand(sysctl: &Sysctl, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        ty,
        cfgs,
        span,
        ..
    } = site;
    let name = c_str(sysctl.parts().1);
    let mode = octal(sysctl.mode.as_ref(), MODE);
    // What the type must have is asked for at one place, so that it is said once.
    let there = &moved(private, *span);
    let how = how(sysctl, there, *span);
    let module = quote!(<#marker as #private::Field>::Instance);
    // By way of a variable: its type is what a mistake is told of.
    let on_change = sysctl.on_change.as_ref().map(|function| {
        let checked =
            quote_spanned!(*span=> { let on_change: fn(&#module) = #function; on_change });
        quote! {
            const ON_CHANGE: ::core::option::Option<fn(&#module)> =
                ::core::option::Option::Some(#checked);
        }
    });
    let capability = capability::constant(sysctl.capability, private);
    let assertions = assertions(sysctl, site);
    let entry = quote_spanned! {*span=> {
        const HOW: &#there::SysctlHow<#ty> = &#how;
        #there::SysctlEntry::new::<Self>(#name, #mode, HOW)
    }};
    quote! {
        #assertions
        #(#cfgs)*
        impl #private::SysctlField for #marker {
            const ENTRY: #private::SysctlEntry = #entry;
            #capability
            #on_change
        }
    }
}

/// The table of a folder's sysctls between which no object of another attribute stands.
pub fn table(dir: &str, sysctls: &[&Member<'_>], private: &TokenStream) -> Static<'static> {
    let dir = c_str(dir);
    let each = sysctls.iter().map(
        |Member { marker, cfgs, .. }| quote!(#(#cfgs)* #private::SysctlEntry::of::<#marker>(),),
    );
    let count = count(sysctls);
    Static {
        cfgs: &[],
        ty: quote!(#private::SysctlTable),
        value: quote!({
            static ENTRIES: #private::SysctlEntries<#count> =
                #private::SysctlEntries::new([#(#each)*]);
            #private::SysctlTable::new(#dir, &ENTRIES)
        }),
    }
}

/// How the field is shown and written.
fn how(sysctl: &Sysctl, private: &TokenStream, span: Span) -> TokenStream {
    if sysctl.range.is_none() && sysctl.format.is_none() && sysctl.jiffies.is_none() {
        return quote_spanned!(span=> #private::How::PLAIN);
    }
    let some = |key: &str, value: TokenStream| {
        let key = Ident::new(key, span);
        quote_spanned!(span=> #key: ::core::option::Option::Some(#value),)
    };
    let range = sysctl.range.as_ref().map(|range| {
        let (min, max) = (&range.min, &range.max);
        some("range", quote_spanned!(span=> (#min, #max)))
    });
    let format = sysctl.format.as_ref().map(|format| {
        let variant = variant(format, span);
        some("format", quote_spanned!(span=> #private::Format::#variant))
    });
    let jiffies = sysctl.jiffies.as_ref();
    let jiffies = jiffies.map(|unit| some("jiffies", unit_of(unit, private, span)));
    quote_spanned! {span=>
        #private::How {
            #range
            #format
            #jiffies
            ..#private::How::PLAIN
        }
    }
}

fn unit_of(unit: &Word, private: &TokenStream, span: Span) -> TokenStream {
    let variant = variant(unit, span);
    quote_spanned!(span=> #private::Jiffies::#variant)
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
        ty,
        cfgs,
        span,
        ..
    } = site;
    let mut all: Vec<TokenStream> = Vec::new();
    if let Some(range) = &sysctl.range {
        all.push(quote!(#private::ranged::<#ty>()));
        all.extend(not_empty(range));
    }
    if sysctl.format.is_some() {
        all.push(quote!(#private::formatted::<#ty>()));
    }
    if let Some(unit) = &sysctl.jiffies {
        let there = &moved(private, *span);
        let (unit, range) = (unit_of(unit, there, *span), sysctl.range.is_some());
        all.push(quote_spanned!(*span=> #there::jiffies::<#ty>(#unit, #range)));
    }
    let items = all
        .iter()
        .map(|assertion| quote!(#(#cfgs)* const _: () = #assertion;));
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
