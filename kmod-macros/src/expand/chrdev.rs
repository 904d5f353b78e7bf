// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev]`

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::object::{Kept, Site};
use crate::model::{Chrdev, Numbers};
use crate::syntax::Number;
use crate::tokens::{c_str, octal};

/// Where the objects are kept.
pub const KEPT: Kept = Kept::Alone("Chrdev");

/// What `kmod-core` needs to know of the device.
pub fn expand(chrdev: &Chrdev, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        ..
    } = site;
    let name = c_str(&chrdev.name.value);
    let class = c_str(chrdev.class_name());
    let shared = chrdev.shares_class.then(|| {
        quote!(
            const SHARES_CLASS: ::core::primitive::bool = true;
        )
    });
    let node = chrdev.nodename.as_ref().map(|path| {
        let (before, after) = match path.value.split_once("{}") {
            None => (c_str(&path.value), quote!(::core::option::Option::None)),
            Some((before, after)) => {
                let after = c_str(after);
                (c_str(before), quote!(::core::option::Option::Some(#after)))
            }
        };
        quote! {
            const NODENAME: ::core::option::Option<#private::NodeName> =
                ::core::option::Option::Some(#private::NodeName {
                    before: #before,
                    after: #after,
                });
        }
    });
    let mode = mode(chrdev.mode.as_ref());
    let numbers = numbers(&chrdev.numbers);
    let table = table(site);
    quote! {
        #table
        #(#cfgs)*
        impl #private::ChrdevField for #marker {
            const NAME: &'static ::core::ffi::CStr = #name;
            const CLASS: &'static ::core::ffi::CStr = #class;
            #shared
            #node
            #mode
            #numbers
        }
    }
}

/// The table of the device, by the one use of its type that says whether it can be a device.
pub fn table(site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        ty,
        cfgs,
        span,
        ..
    } = site;
    let begin = quote_spanned!(*span=> <<);
    let table = quote_spanned!(*span=> Table<Self>);
    let ops = quote_spanned!(*span=> OPS);
    quote! {
        #(#cfgs)*
        impl #private::DeviceTable for #marker {
            const OPS: &'static #private::file_operations =
                #begin #ty as #private::DeviceType>::#table as #private::Operations>::#ops;
        }
    }
}

/// The numbers that the attribute names.
pub fn numbers(numbers: &Numbers) -> TokenStream {
    let named = [
        ("MAJOR", &numbers.major),
        ("FIRST_MINOR", &numbers.first_minor),
        ("MINORS", &numbers.minors),
    ];
    let consts = named.into_iter().filter_map(|(name, number)| {
        let name = format_ident!("{name}");
        let value = Literal::u128_unsuffixed(number.as_ref()?.value);
        Some(quote!(const #name: ::core::primitive::u32 = #value;))
    });
    consts.collect()
}

/// The mode of a node, if the attribute names it.
pub fn mode(mode: Option<&Number>) -> Option<TokenStream> {
    let value = octal(Some(mode?), 0);
    Some(quote!(const MODE: ::core::primitive::u16 = #value;))
}
