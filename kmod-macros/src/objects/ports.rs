// SPDX-License-Identifier: GPL-2.0-only
//! `#[ports(base = 0x2e)]`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, hardware};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::call_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "ports",
    also: &["ioport", "ioports", "io_ports", "port", "request_region"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("PortsObject"),
    in_device: InDevice::Of("PortsObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "base",
    example: "base = 0x2e",
    meaning: "the number of the first port, from 0x1 to 0xffff; the map says how many there are",
    default: "must be given",
    also: &["start", "port", "address", "at"],
}];

/// The most that the number of a port can be.
const LAST: u128 = 0xffff;

/// The ports of a module, or a device, by where they begin.
static PORTS: Namespace = Namespace {
    of: "field for the ports from",
    help: "have one map say all registers of a region",
    is_tree: false,
};

/// A field under `#[ports]`.
struct Ports {
    base: Number,
    /// The same, to be told apart.
    name: Text,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let before = errors.count();
    let Some(base) = args.number("base", errors) else {
        if errors.count() == before {
            args.missing(&KEYS[0], errors);
        }
        return None;
    };
    if !(1..=LAST).contains(&base.value) {
        errors.at(
            base.span,
            "I/O ports are numbered from 0x1 to 0xffff",
            "write the number of the chip's first one: `/proc/ioports` shows those that are taken",
        );
    }
    let name = Text {
        value: format!("{:#x}", base.value),
        span: base.span,
    };
    Some(Box::new(Ports { base, name }))
}

impl Object for Ports {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first("a region of I/O ports", fields, own, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&PORTS, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            cfgs,
            span,
            ty,
            ..
        } = site;
        let base = Literal::u128_unsuffixed(self.base.value.min(LAST));
        let base = quote!(const BASE: ::core::primitive::u16 = #base;);
        let field = hardware::field(site, "PortsField", &base);
        let fits = call_at(
            *span,
            quote!(#private::assert_ports::<#ty>),
            quote!("behind an index there are 256 registers, and 65,536 I/O ports at all"),
        );
        quote! {
            #field
            #(#cfgs)*
            const _: () = #fits;
        }
    }
}
