// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysctl]`

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::spanned::Spanned;

use super::object::{Site, generated_at};
use super::{c_str, chrdev};
use crate::model::{Range, Sysctl};
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
    let range = sysctl.range.as_ref().map(|range| {
        let (min, max) = (&range.min, &range.max);
        quote_spanned! {*span=>
            const RANGE: #private::SysctlRange<<Self as #private::Field>::Type> =
                ::core::option::Option::Some((#min, #max));
        }
    });
    let assertion = sysctl.range.as_deref().and_then(not_empty);
    let assertion = assertion.map(|assertion| quote_spanned!(*span=> #(#cfgs)* #assertion));
    quote_spanned! {*span=>
        #assertion
        #(#cfgs)*
        impl #private::SysctlField for #marker {
            const DIR: &'static ::core::ffi::CStr = #dir;
            const NAME: &'static ::core::ffi::CStr = #name;
            const MODE: ::core::primitive::u16 = #mode;
            #range
        }
    }
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
        const _: () = ::core::assert!((#min) <= (#max), "this range holds no value");
    })
}
