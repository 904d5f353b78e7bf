// SPDX-License-Identifier: GPL-2.0-only
//! `#[bus]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site};
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

/// The attributes of objects that have no callbacks.
pub const QUIET: &[&str] = &["bar", "bus"];

/// A field under `#[bus]`.
struct Bus;

impl Object for Bus {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, _errors: &mut Errors) {}

    /// What is registered before it would still run when it has gone.
    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        let before = fields[..own].iter().find(|field| {
            let object = field.object.as_deref();
            object.is_some_and(|object| !QUIET.contains(&object.attribute().name))
        });
        if let Some(before) = before {
            errors.at(
                fields[own].ident.span(),
                format!(
                    "a field under `#[bus]` goes after all that may use it, and `{}` would still be there",
                    before.ident
                ),
                format!("put `{}` before `{}`", fields[own].ident, before.ident),
            );
        }
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
