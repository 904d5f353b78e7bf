// SPDX-License-Identifier: GPL-2.0-only
//! `#[bus]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, hardware};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "bus",
    also: &["client", "handle", "companion", "interface"],
    keys: &[],
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("BusObject"),
    in_device: InDevice::Of("BusObject"),
    parse: |_args, _field, _errors| Some(Box::new(Bus)),
};

/// A field under `#[bus]`.
struct Bus;

impl Object for Bus {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, _errors: &mut Errors) {}

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first("a field under `#[bus]`", fields, own, errors);
    }

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
        let field = item_at(*span, private, "BusField");
        quote! {
            #(#cfgs)*
            // SAFETY: No object of the struct that has callbacks is before it.
            unsafe impl #field for #marker {}
        }
    }
}
