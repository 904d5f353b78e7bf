// SPDX-License-Identifier: GPL-2.0-only
//! The name under which the user's crate knows `kmod-core`.

use proc_macro_crate::FoundCrate;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The absolute path of `kmod-core`.
pub fn path() -> TokenStream {
    let name = match proc_macro_crate::crate_name("kmod-core") {
        Ok(FoundCrate::Name(name)) => name,
        // In `kmod-core` itself, and where no manifest is to be found.
        Ok(FoundCrate::Itself) | Err(_) => String::from("kmod_core"),
    };
    let name = Ident::new(&name, Span::call_site());
    quote!(::#name)
}
