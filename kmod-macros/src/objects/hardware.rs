// SPDX-License-Identifier: GPL-2.0-only
//! What handlers use of the hardware: registers, memory and clients of a bus, which have no handlers themselves.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Object, ObjectAttribute, Site, bar, bus, dma, dma_stream, gpio, iomem, ports, regmap,
    runtime_pm,
};
use crate::errors::Errors;
use crate::instance::Field;
use crate::tokens::item_at;

/// A field of which nothing is said but that its type fits.
pub struct Hardware {
    /// Its attribute.
    pub attribute: &'static ObjectAttribute,
    /// What it is, as messages call it.
    pub what: &'static str,
    /// The trait that the field has in `kmod_core::__private`.
    pub field: &'static str,
}

impl Object for Hardware {
    fn attribute(&self) -> &'static ObjectAttribute {
        self.attribute
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        check_first(self.what, fields, own, errors);
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        field(site, self.field, &TokenStream::new())
    }
}

/// What the field is, as a trait of `kmod_core::__private`, and what is constant of it. Its attribute has asked
/// [`check_first`].
pub fn field(site: &Site<'_>, name: &str, constants: &TokenStream) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let field = item_at(*span, private, name);
    quote! {
        #(#cfgs)*
        // SAFETY: No object of the struct that has callbacks is before it (`check_first`).
        unsafe impl #field for #marker {
            #constants
        }
    }
}

/// Holds that a field, the one at `own`, is before all objects that have handlers: what is registered
/// before it would still run when it has gone.
pub fn check_first(what: &str, fields: &[Field], own: usize, errors: &mut Errors) {
    let quiet = [
        bar::ATTRIBUTE.name,
        bus::ATTRIBUTE.name,
        dma::ATTRIBUTE.name,
        dma_stream::ATTRIBUTE.name,
        gpio::ATTRIBUTE.name,
        iomem::ATTRIBUTE.name,
        ports::ATTRIBUTE.name,
        regmap::ATTRIBUTE.name,
        runtime_pm::ATTRIBUTE.name,
    ];
    let before = fields[..own].iter().find(|field| {
        let object = field.object.as_deref();
        object.is_some_and(|object| !quiet.contains(&object.attribute().name))
    });
    if let Some(before) = before {
        errors.at(
            fields[own].ident.span(),
            format!(
                "{what} goes after all that may use it, and `{}` would still be there",
                before.ident
            ),
            format!("put `{}` before `{}`", fields[own].ident, before.ident),
        );
    }
}
