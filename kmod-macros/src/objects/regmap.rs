// SPDX-License-Identifier: GPL-2.0-only
//! `#[regmap(bus = i2c, …)]`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{InDevice, Licence, Object, ObjectAttribute, Site, hardware};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text, Word};
use crate::tokens::{c_str, call_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "regmap",
    also: &["regcache", "register_map", "regmap_init"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`regmap_read()`",
        objects: "maps of a chip's registers",
    },
    reports_unshared: false,
    kept: Kept::Alone("RegmapObject"),
    in_device: InDevice::Of("RegmapObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    BUS,
    Key {
        name: "cache",
        example: "cache = true",
        meaning: "that registers which only the driver changes are kept: a read of one does not ask the chip, and `sync` \
                  writes them again",
        default: "`false`",
        also: &["cache_type", "cached", "regcache"],
    },
    Key {
        name: "name",
        example: "name = \"limits\"",
        meaning: "what it is called beside the device's name, in debugfs: of several in a device, all but one have one",
        default: "none",
        also: &["label"],
    },
    Key {
        name: "reg_bits",
        example: "reg_bits = 16",
        meaning: "how many bits the number of a register has on the bus: 8, 16, 24 or 32, the highest byte first",
        default: "`8`",
        also: &["address_bits", "addr_bits", "register_bits"],
    },
    Key {
        name: "pad_bits",
        example: "pad_bits = 8",
        meaning: "how many bits there are between the number and the value: 0, 8, 16, 24 or 32",
        default: "`0`",
        also: &["padding", "dummy_bits"],
    },
    Key {
        name: "read_flag",
        example: "read_flag = 0x80",
        meaning: "bits that are set in the number for a read, of its first byte the lowest ones",
        default: "what the bus has: `0x80` on SPI, none on I2C; `0` if there is a `write_flag`",
        also: &["read_flag_mask", "read_mask"],
    },
    Key {
        name: "write_flag",
        example: "write_flag = 0x40",
        meaning: "bits that are set in the number for a write",
        default: "none",
        also: &["write_flag_mask", "write_mask"],
    },
    Key {
        name: "single",
        example: "single = true",
        meaning: "that each register is read and written by itself: the chip does not go on to the next one",
        default: "`false`",
        also: &["use_single_read", "use_single_write", "no_increment"],
    },
];

/// The key for the bus.
const BUS: Key = Key {
    name: "bus",
    example: "bus = i2c",
    meaning: "where the chip is: `i2c`, which is SMBus, too, or `spi`",
    default: "must be given",
    also: &["on", "via"],
};

/// The maps of a device.
static MAPS: Namespace = Namespace {
    of: "map",
    help: "give each but one a `name` of its own",
    is_tree: false,
};

/// A field under `#[regmap]`.
struct Regmap {
    bus: Word,
    cache: bool,
    /// Empty if there is none.
    name: Text,
    reg_bits: Option<Number>,
    pad_bits: Option<Number>,
    flags: [Option<Number>; 2],
    single: bool,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let before = errors.count();
    let bus = args.word("bus", &["i2c", "spi"], errors);
    if bus.is_none() && errors.count() == before {
        args.missing(&BUS, errors);
    }
    let cache = args.truth("cache", errors) == Some(true);
    let name = args.text("name", errors);
    if let Some(name) = &name {
        check_name(name, errors);
    }
    let none = || Text {
        value: String::new(),
        span: field.span(),
    };
    let bits = ["reg_bits", "pad_bits"].map(|key| args.number(key, errors));
    let flags = ["read_flag", "write_flag"].map(|key| args.number(key, errors));
    let single = args.truth("single", errors) == Some(true);
    let [reg_bits, pad_bits] = bits;
    Some(Box::new(Regmap {
        bus: bus?,
        cache,
        name: name.unwrap_or_else(none),
        reg_bits,
        pad_bits,
        flags,
        single,
    }))
}

/// Holds that a folder can have this name.
fn check_name(name: &Text, errors: &mut Errors) {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.value.is_empty() || !name.value.chars().all(fits) {
        errors.at(
            name.span,
            "a map's name is made of letters, digits, `-`, `_` and `.`",
            "write `name = \"limits\"`, or leave it out",
        );
    }
}

impl Object for Regmap {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        let bits = |bits: &Option<Number>| bits.as_ref().map(|bits| (bits.value, bits.span));
        if let Some((value, span)) = bits(&self.reg_bits)
            && ![8, 16, 24, 32].contains(&value)
        {
            errors.at(
                span,
                "the number of a register has 8, 16, 24 or 32 bits",
                "write how many of them go over the bus: `reg_bits = 16`",
            );
        }
        if let Some((value, span)) = bits(&self.pad_bits)
            && ![0, 8, 16, 24, 32].contains(&value)
        {
            errors.at(
                span,
                "0, 8, 16, 24 or 32 bits follow the number of a register",
                "write how many there are before the value: `pad_bits = 8`",
            );
        }
        for flag in self.flags.iter().flatten() {
            if u32::try_from(flag.value).is_err() {
                errors.at(
                    flag.span,
                    "a flag has 32 bits at most",
                    "write those of the number's first byte: `0x80`",
                );
            }
        }
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first("a map of registers", fields, own, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&MAPS, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            ty,
            cfgs,
            span,
            ..
        } = site;
        let bus = format_ident!("{}", self.bus.value.to_uppercase());
        let number = |number: &Number| Literal::u128_unsuffixed(number.value);
        let bits = |name: &str, bits: &Option<Number>| {
            let name = format_ident!("{name}");
            let bits = bits.as_ref().map(number);
            bits.map(|bits| quote!(const #name: ::core::primitive::u32 = #bits;))
        };
        let truth = |name: &str, truth: bool| {
            let name = format_ident!("{name}");
            truth.then(|| quote!(const #name: ::core::primitive::bool = true;))
        };
        let flag = |name: &str, flag: &Option<Number>| {
            let name = format_ident!("{name}");
            let flag = flag.as_ref().map(number);
            flag.map(|flag| {
                quote! {
                    const #name: ::core::option::Option<::core::primitive::u32> =
                        ::core::option::Option::Some(#flag);
                }
            })
        };
        let name = (!self.name.value.is_empty()).then(|| {
            let name = c_str(&self.name.value);
            quote! {
                const NAME: ::core::option::Option<&'static ::core::ffi::CStr> =
                    ::core::option::Option::Some(#name);
            }
        });
        let settings = [
            name,
            truth("CACHED", self.cache),
            bits("REG_BITS", &self.reg_bits),
            bits("PAD_BITS", &self.pad_bits),
            flag("READ_FLAG", &self.flags[0]),
            flag("WRITE_FLAG", &self.flags[1]),
            truth("SINGLE", self.single),
        ];
        let constants = quote! {
            const BUS: #private::RegmapBus = #private::RegmapBus::#bus;
            #(#settings)*
            const PLAN: #private::kmod_regmap_plan = #private::regmap_plan::<
                #marker,
                { #private::regmap_ranges::<#ty>() },
                { #private::regmap_known::<#ty>() },
            >();
        };
        let field = hardware::field(site, "RegmapField", &constants);
        let reg_bits = self.reg_bits.as_ref().map_or(8, |bits| bits.value);
        let reg_bits = Literal::u128_unsuffixed(reg_bits.min(32));
        let fits = call_at(
            *span,
            quote!(#private::assert_regmap::<#ty>),
            quote!(#reg_bits),
        );
        quote! {
            #field
            #(#cfgs)*
            const _: () = #fits;
        }
    }
}
