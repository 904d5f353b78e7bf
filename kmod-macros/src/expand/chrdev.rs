// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev]`

use proc_macro2::{Literal, TokenStream};
use quote::quote_spanned;

use super::c_str;
use super::object::Site;
use crate::model::{Chrdev, Number};

/// The type of the static.
pub const STATIC: &str = "Chrdev";

/// The mode of a node whose attribute names none, as the kernel's own default.
const MODE: u128 = 0o600;

/// What `kmod-core` needs to know of the device.
pub fn expand(chrdev: &Chrdev, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let name = c_str(&chrdev.name.value);
    let minors = minors(chrdev.minors.as_ref());
    let mode = octal(chrdev.mode.as_ref(), MODE);
    let table = table(site);
    quote_spanned! {*span=>
        #table
        #(#cfgs)*
        impl #private::ChrdevField for #marker {
            const NAME: &'static ::core::ffi::CStr = #name;
            const CLASS: &'static ::core::ffi::CStr = #name;
            const MINORS: ::core::primitive::u32 = #minors;
            const MODE: ::core::primitive::u16 = #mode;
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
    } = site;
    quote_spanned! {*span=>
        #(#cfgs)*
        impl #private::DeviceTable for #marker {
            const OPS: &'static #private::file_operations =
                <<#ty as #private::DeviceType>::Table<Self> as #private::Operations>::OPS;
        }
    }
}

/// The number of minors; one, if the attribute names none.
pub fn minors(minors: Option<&Number>) -> Literal {
    Literal::u128_unsuffixed(minors.map_or(1, |minors| minors.value))
}

/// A mode, written as modes are.
pub fn octal(mode: Option<&Number>, default: u128) -> TokenStream {
    let value = mode.map_or(default, |mode| mode.value);
    format!("0o{value:o}").parse().unwrap_or_default()
}
