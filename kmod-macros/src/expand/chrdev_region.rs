// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region]`

use proc_macro2::TokenStream;
use quote::quote;

use super::chrdev;
use super::object::{Kept, Site};
use crate::model::ChrdevRegion;
use crate::tokens::c_str;
use crate::tokens::item_at;

/// Where the objects are kept.
pub const KEPT: Kept = Kept::Alone("ChrdevRegionObject");

/// What `kmod-core` needs to know of the region.
pub fn expand(region: &ChrdevRegion, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let field = item_at(*span, private, "ChrdevRegionField");
    let name = c_str(&region.name.value);
    let numbers = chrdev::numbers(&region.numbers);
    quote! {
        #(#cfgs)*
        impl #field for #marker {
            const NAME: &'static ::core::ffi::CStr = #name;
            #numbers
        }
    }
}
