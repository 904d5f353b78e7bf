// SPDX-License-Identifier: GPL-2.0-only
//! `#[object]`: a kernel object that another crate brings.

use proc_macro2::{Ident, TokenStream};

use super::{InDevice, Licence, Object, ObjectAttribute, Site, embedded};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::syntax::args::Args;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "object",
    also: &["kernel_object"],
    keys: &[],
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("Embedded"),
    in_device: InDevice::Of("Embedded"),
    parse,
};

/// A field under `#[object]`.
struct Foreign;

/// There is nothing to read.
fn parse(_args: &mut Args, _field: &Ident, _errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Foreign))
}

impl Object for Foreign {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, _errors: &mut Errors) {}

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        Vec::new()
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        embedded(site)
    }
}
