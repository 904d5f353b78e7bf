// SPDX-License-Identifier: GPL-2.0-only
//! Objects that are their field's value, by attributes without keys: nothing is said of them but that
//! the type fits.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::Field;
use crate::instance::clashes::Namespace;
use crate::syntax::Text;
use crate::tokens::item_at;

/// A field under such an attribute.
pub struct Embedded(pub &'static ObjectAttribute);

impl Object for Embedded {
    fn attribute(&self) -> &'static ObjectAttribute {
        self.0
    }

    fn check(&self, _field: &Field, _errors: &mut Errors) {}

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        Vec::new()
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "ObjectField");
        quote! {
            #(#cfgs)*
            impl #field for #marker {}
        }
    }
}
