// SPDX-License-Identifier: GPL-2.0-only
//! `#[misc]`

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::chrdev;
use super::object::{Kept, Site};
use crate::model::Misc;
use crate::tokens::c_str;

/// Where the objects are kept.
pub const KEPT: Kept = Kept::InTable("Misc");

/// What `kmod-core` needs to know of the device.
pub fn expand(misc: &Misc, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        ..
    } = site;
    let name = c_str(&misc.name.value);
    let nodename = misc.nodename.as_ref().map(|path| {
        let path = c_str(&path.value);
        quote! {
            const NODENAME: ::core::option::Option<&'static ::core::ffi::CStr> =
                ::core::option::Option::Some(#path);
        }
    });
    let mode = chrdev::mode(misc.mode.as_ref());
    let minor = misc.minor.as_ref().map(|minor| {
        let minor = Literal::u128_unsuffixed(minor.value);
        quote! {
            const MINOR: ::core::option::Option<::core::primitive::u8> =
                ::core::option::Option::Some(#minor);
        }
    });
    let table = chrdev::table(site);
    quote! {
        #table
        #(#cfgs)*
        impl #private::MiscField for #marker {
            const NAME: &'static ::core::ffi::CStr = #name;
            #nodename
            #mode
            #minor
        }
    }
}
