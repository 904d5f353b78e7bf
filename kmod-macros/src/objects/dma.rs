// SPDX-License-Identifier: GPL-2.0-only
//! `#[dma(bits = n)]`, and what `#[dma_stream]` has in common with it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, dma_stream, hardware};
use crate::errors::Errors;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Number;
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "dma",
    also: &["dma_buf", "dma_coherent", "coherent", "dma_alloc"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("DmaObject"),
    in_device: InDevice::Of("DmaObject"),
    parse: |args, _field, errors| parse(&ATTRIBUTE, "memory for DMA", "DmaField", args, errors),
};

/// The keys.
pub const KEYS: &[Key] = &[Key {
    name: "bits",
    example: "bits = 32",
    meaning: "how many bits the addresses have that the device takes, from 1 to 64; on the first field of its device \
              that is for DMA, and for all of them",
    default: "what `probe` says by `dma_set_mask`, or 32",
    also: &["mask", "dma_mask", "width"],
}];

/// A field for DMA.
struct Dma {
    /// Its attribute.
    attribute: &'static ObjectAttribute,
    /// What it is, as messages call it.
    what: &'static str,
    /// The trait that the field has in `kmod_core::__private`.
    field: &'static str,
    bits: Option<Number>,
}

/// Reads the entries of such an attribute.
pub fn parse(
    attribute: &'static ObjectAttribute,
    what: &'static str,
    field: &'static str,
    args: &mut Args,
    errors: &mut Errors,
) -> Option<Box<dyn Object>> {
    Some(Box::new(Dma {
        attribute,
        what,
        field,
        bits: args.number("bits", errors),
    }))
}

impl Object for Dma {
    fn attribute(&self) -> &'static ObjectAttribute {
        self.attribute
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        if let Some(bits) = &self.bits
            && !(1..=64).contains(&bits.value)
        {
            errors.at(
                bits.span,
                "an address has 1 to 64 bits",
                "write how many of them the device takes: `bits = 32`",
            );
        }
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first(self.what, fields, own, errors);
        let Some(bits) = &self.bits else {
            return;
        };
        let first = fields[..own].iter().find(|field| {
            let object = field.object.as_deref();
            object.is_some_and(|object| {
                [ATTRIBUTE.name, dma_stream::ATTRIBUTE.name].contains(&object.attribute().name)
            })
        });
        if let Some(first) = first {
            errors.at(
                bits.span,
                format!("`{}` is allocated before this is said", first.ident),
                format!(
                    "write `bits = {}` at `{}`: it holds for all",
                    bits.value, first.ident
                ),
            );
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let bits = self.bits.as_ref().map(|bits| {
            let bits = Literal::u128_unsuffixed(bits.value);
            quote!(const BITS: ::core::primitive::u8 = #bits;)
        });
        hardware::field(site, self.field, &bits.unwrap_or_default())
    }
}
