// SPDX-License-Identifier: GPL-2.0-only
//! `#[bar(index = n)]`.

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
    name: "bar",
    also: &["pci_bar", "iomap", "mmio", "registers"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("BarObject"),
    in_device: InDevice::Of("BarObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "index",
    example: "index = 0",
    meaning: "which one of the device's BARs it is, from 0 to 5",
    default: "must be given",
    also: &["bar", "number", "nr"],
}];

/// The most that the index of a BAR can be.
const LAST: u128 = 5;

/// The BARs of a device.
static BARS: Namespace = Namespace {
    of: "field for the BAR",
    help: "have one map say all registers of a BAR",
    is_tree: false,
};

/// A field under `#[bar]`.
struct Bar {
    /// Which one it is.
    index: Text,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let before = errors.count();
    let index = args.number("index", errors);
    let Some(index) = index else {
        if errors.count() == before {
            args.missing(&KEYS[0], errors);
        }
        return None;
    };
    if index.value > LAST {
        errors.at(
            index.span,
            "a PCI device has the BARs 0 to 5",
            "write one of them: `lspci -v` shows which there are",
        );
    }
    Some(Box::new(Bar {
        index: Text {
            value: index.value.to_string(),
            span: index.span,
        },
    }))
}

impl Object for Bar {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first("a BAR", fields, own, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&BARS, &self.index)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let index: Option<u128> = self.index.value.parse().ok();
        let index = Literal::u128_unsuffixed(index.unwrap_or_default());
        let index = quote!(const INDEX: ::core::primitive::u8 = #index;);
        hardware::field(site, "BarField", &index)
    }
}
