// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl]`

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::object::Site;
use super::{c_str, chrdev};
use crate::model::Sysctl;

/// The type of the static.
pub const STATIC: &str = "SysctlTable";

/// The mode of a sysctl whose attribute names none.
const MODE: u128 = 0o644;

/// What `kmod-core` needs to know of the sysctl.
pub fn expand(sysctl: &Sysctl, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        ty,
        cfgs,
        span,
    } = site;
    let path = &sysctl.path.value;
    let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (dir, name) = (c_str(dir), c_str(name));
    let mode = chrdev::octal(sysctl.mode.as_ref(), MODE);
    let range = match &sysctl.range {
        Some(range) => {
            let (min, max) = (&range.min, &range.max);
            quote_spanned!(*span=> ::core::option::Option::Some((#min, #max)))
        }
        None => quote_spanned!(*span=> ::core::option::Option::None),
    };
    quote_spanned! {*span=>
        #(#cfgs)*
        impl #private::SysctlField for #marker {
            const DIR: &'static ::core::ffi::CStr = #dir;
            const NAME: &'static ::core::ffi::CStr = #name;
            const MODE: ::core::primitive::u16 = #mode;
            const RANGE: #private::SysctlRange<#ty> = #range;
        }
    }
}
