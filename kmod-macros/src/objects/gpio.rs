// SPDX-License-Identifier: GPL-2.0-only
//! `#[gpio(name = "reset", chip = "…", line = n, …)]`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::Type;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, hardware};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, call_at, option};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "gpio",
    also: &["gpiod", "gpio_desc", "gpio_line", "pin"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`gpiod_get()`",
        objects: "lines of GPIO chips",
    },
    reports_unshared: false,
    kept: Kept::Alone("GpioObject"),
    in_device: InDevice::Of("GpioObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"reset\"",
        meaning: "what the line is for, by which firmware has it (`reset-gpios`); an empty string is a line that has no \
                  name there",
        default: "the field's name",
        also: &["con_id", "function", "label"],
    },
    Key {
        name: "high",
        example: "high = true",
        meaning: "that an output is active from the beginning: `GPIOD_OUT_HIGH`",
        default: "`false`: `GPIOD_OUT_LOW`",
        also: &["value", "initial", "on"],
    },
    Key {
        name: "optional",
        example: "optional = true",
        meaning: "that the device may be without it: then it is never active, and setting it does nothing",
        default: "`false`: the device is not bound without it",
        also: &["maybe"],
    },
    CHIP,
    LINE,
    Key {
        name: "active_low",
        example: "active_low = true",
        meaning: "with `chip`, that the line is active when it is low; firmware says so itself",
        default: "`false`",
        also: &["inverted", "low"],
    },
];

/// The key for the chip.
const CHIP: Key = Key {
    name: "chip",
    example: "chip = \"relays\"",
    meaning: "the label of the chip that has it, for a device that firmware has no line for",
    default: "firmware says so, or another module's table",
    also: &["of", "controller"],
};

/// The key for the line.
const LINE: Key = Key {
    name: "line",
    example: "line = 3",
    meaning: "with `chip`, its number there, from 0 to 511; of an array, the first one's",
    default: "must be given with `chip`",
    also: &["offset", "index", "number", "hwnum", "pin"],
};

/// The most characters of a name for which the kernel has room in `NAME-gpios`.
const NAME_MAX: usize = 25;

/// The most that the number of a line can be.
const LAST: u128 = 511;

/// The lines of a device, by what they are for.
static LINES: Namespace = Namespace {
    of: "field for the line",
    help: "several lines of one name are an array: `[GpioOutput; 4]`",
    is_tree: false,
};

/// A field under `#[gpio]`.
struct Gpio {
    name: Text,
    /// Where `high = true` stands.
    high: Option<Span>,
    optional: bool,
    lookup: Option<Lookup>,
}

/// Where it is.
struct Lookup {
    chip: Text,
    line: Number,
    active_low: bool,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    check_name(&name, errors);
    let at = place(args, "high");
    let high = at.filter(|_| args.truth("high", errors) == Some(true));
    Some(Box::new(Gpio {
        name,
        high,
        optional: args.truth("optional", errors) == Some(true),
        lookup: lookup(args, errors),
    }))
}

/// Where a key stands.
fn place(args: &Args, key: &str) -> Option<Span> {
    let written = args.written.iter().find(|written| *written == key);
    written.map(Ident::span)
}

/// Reads where it is.
fn lookup(args: &mut Args, errors: &mut Errors) -> Option<Lookup> {
    let before = errors.count();
    let alone = ["line", "active_low"].map(|key| place(args, key));
    let chip = args.text("chip", errors);
    let line = args.number("line", errors);
    let active_low = args.truth("active_low", errors) == Some(true);
    if errors.count() != before {
        return None;
    }
    let Some(chip) = chip else {
        if let Some(span) = alone.into_iter().flatten().next() {
            errors.at(
                span,
                "a number and what is active are of a line whose chip is named",
                "add `chip = \"relays\"`, or leave it out: firmware says so itself",
            );
        }
        return None;
    };
    if chip.value.is_empty() || chip.value.chars().any(char::is_control) {
        errors.at(
            chip.span,
            "a chip's label has a character, and none that cannot be seen",
            "write it as `gpioinfo` shows it",
        );
    }
    let Some(line) = line else {
        args.missing(&LINE, errors);
        return None;
    };
    if line.value > LAST {
        errors.at(
            line.span,
            "a chip's lines are counted from 0 to 511",
            "write one of them: `gpioinfo` shows which there are",
        );
    }
    Some(Lookup {
        chip,
        line,
        active_low,
    })
}

/// Holds that firmware can have a line of this name.
fn check_name(name: &Text, errors: &mut Errors) {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ',' | '.' | '+');
    if name.value.len() > NAME_MAX || !name.value.chars().all(known) {
        errors.at(
            name.span,
            format!("what a line is for is said by at most {NAME_MAX} letters, digits and `-`"),
            "write `name = \"reset\"`: firmware has it as `reset-gpios`",
        );
    }
}

impl Object for Gpio {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first("a line", fields, own, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&LINES, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            cfgs,
            span,
            ty,
            ..
        } = site;
        let name = &self.name.value;
        let name = option((!name.is_empty()).then(|| c_str(name)));
        let high = self.high.map(|_| {
            quote!(
                const HIGH: ::core::primitive::bool = true;
            )
        });
        let optional = self.optional.then(|| {
            quote!(
                const OPTIONAL: ::core::primitive::bool = true;
            )
        });
        let lookup = self.lookup.as_ref().map(|lookup| {
            let chip = c_str(&lookup.chip.value);
            let line = Literal::u128_unsuffixed(lookup.line.value.min(LAST));
            let active_low = lookup.active_low;
            quote! {
                const LOOKUP: ::core::option::Option<#private::GpioLookup> =
                    ::core::option::Option::Some(#private::GpioLookup {
                        chip: #chip,
                        line: #line,
                        active_low: #active_low,
                    });
            }
        });
        let constants = quote! {
            const NAME: ::core::option::Option<&'static ::core::ffi::CStr> = #name;
            #high
            #optional
            #lookup
        };
        let field = hardware::field(site, "GpioField", &constants);
        // What the type alone tells.
        let fits = (self.high.is_some() || matches!(ty, Type::Array(_))).then(|| {
            let is_high = self.high.is_some();
            let at = self.high.unwrap_or(*span);
            let fits = call_at(at, quote!(#private::assert_gpio::<#ty>), quote!(#is_high));
            quote! {
                #(#cfgs)*
                const _: () = #fits;
            }
        });
        quote! {
            #field
            #fits
        }
    }
}
