// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev_region(name = "…", major = n, first_minor = n, minors = n)]`

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::device_node::DEVICES;
use super::device_numbers::{self, FIRST_MINOR, MAJOR, MINORS, Numbers};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::params::Param;
use crate::rules::names::Folder;
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::tokens::{c_str, item_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "chrdev_region",
    also: &[],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("ChrdevRegionObject"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the name in `/proc/devices`",
        default: "the field's name",
        also: &["node", "device", "dev"],
    },
    MAJOR,
    FIRST_MINOR,
    MINORS,
];

/// A field under `#[chrdev_region]`.
struct ChrdevRegion {
    /// `name`, or the field's.
    name: Text,
    numbers: Numbers,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(ChrdevRegion {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        numbers: Numbers::parse(args, errors),
    }))
}

impl Object for ChrdevRegion {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        device_numbers::name(&self.name, Folder::Nowhere, errors);
        self.numbers.check(errors);
    }

    fn check_params(&self, params: &[Param], errors: &mut Errors) {
        self.numbers.check_params(params, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&DEVICES, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "ChrdevRegionField");
        let name = c_str(&self.name.value);
        let numbers = self.numbers.expand(private);
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                #numbers
            }
        }
    }
}
