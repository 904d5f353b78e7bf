// SPDX-License-Identifier: GPL-2.0-only
//! `#[filesystem]`

use proc_macro2::TokenStream;
use quote::quote;

use super::object::{Kept, Site};
use crate::model::Filesystem;
use crate::tokens::c_str;
use crate::tokens::item_at;

/// Where the objects are kept.
pub const KEPT: Kept = Kept::Alone("Filesystem");

/// The magic number of a file system whose attribute names none: "kmod".
const MAGIC: u128 = 0x6b6d_6f64;

/// What `kmod-core` needs to know of the file system.
pub fn expand(filesystem: &Filesystem, site: &Site<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let field = item_at(*span, private, "FilesystemField");
    let name = c_str(&filesystem.name.value);
    let magic = filesystem.magic.as_ref().map_or(MAGIC, |magic| magic.value);
    let magic: TokenStream = format!("{magic:#x}").parse().unwrap_or_default();
    quote! {
        #(#cfgs)*
        impl #field for #marker {
            const NAME: &'static ::core::ffi::CStr = #name;
            const MAGIC: ::core::primitive::u32 = #magic;
        }
    }
}
