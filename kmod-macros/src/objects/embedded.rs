// SPDX-License-Identifier: GPL-2.0-only
//! Objects that are their field's value, by attributes without keys: nothing is said of them but that
//! the type fits.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Object, ObjectAttribute, Site};
use crate::tokens::item_at;

/// A field under such an attribute.
pub struct Embedded(pub &'static ObjectAttribute);

impl Object for Embedded {
    fn attribute(&self) -> &'static ObjectAttribute {
        self.0
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        expand(site, "ObjectField")
    }
}

/// The expansion of a field that has this trait of `kmod_core::__private`, in which nothing is said.
pub fn expand(site: &Site<'_>, field: &str) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let field = item_at(*span, private, field);
    quote! {
        #(#cfgs)*
        impl #field for #marker {}
    }
}
