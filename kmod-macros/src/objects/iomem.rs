// SPDX-License-Identifier: GPL-2.0-only
//! `#[iomem(index = n)]`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, hardware};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "iomem",
    also: &["ioremap", "io_mem", "resource", "mem_resource"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("IoMemObject"),
    in_device: InDevice::Of("IoMemObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "index",
    example: "index = 0",
    meaning: "which one of the device's memory resources it is, from 0 to 255",
    default: "must be given",
    also: &["number", "nr", "resource"],
}];

/// The most that the index of a resource can be.
const LAST: u128 = 255;

/// The memory resources of a device.
static RESOURCES: Namespace = Namespace {
    of: "field for the memory resource",
    help: "have one map say all registers of a resource",
    is_tree: false,
};

/// A field under `#[iomem]`.
struct IoMem {
    /// Which one it is.
    index: Text,
    value: u128,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let before = errors.count();
    let Some(index) = args.number("index", errors) else {
        if errors.count() == before {
            args.missing(&KEYS[0], errors);
        }
        return None;
    };
    if index.value > LAST {
        errors.at(
            index.span,
            "a device's memory resources are counted from 0 to 255",
            "write one of them: `/proc/iomem` shows which there are",
        );
    }
    Some(Box::new(IoMem {
        index: Text {
            value: index.value.to_string(),
            span: index.span,
        },
        value: index.value.min(LAST),
    }))
}

impl Object for IoMem {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first("a memory resource", fields, own, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&RESOURCES, &self.index)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let index = Literal::u128_unsuffixed(self.value);
        let index = quote!(const INDEX: ::core::primitive::u8 = #index;);
        hardware::field(site, "IoMemField", &index)
    }
}
