// SPDX-License-Identifier: GPL-2.0-only
//! `#[power_supply(name = "…", kind = …, properties(…), …)]`, and what is known of the trait `PowerSupplyOps`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::class::{ClassName, class_field};
use super::power_supply_properties::{ALL, Properties};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Text, Word};
use crate::tokens::c_str;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "power_supply",
    also: &["battery", "psy", "charger"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`power_supply_register()`",
        objects: "power supplies",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"BAT{index}\"",
        meaning: "the supply's name, in `/sys/class/power_supply`, of at most 19 characters; `{index}` stands for \
                  the device's number",
        default: "the field's name, the device's number behind it",
        also: &["label"],
    },
    KIND,
    PROPERTIES,
    text("model_name", "model_name = \"X1\"", "the text `model_name`"),
    text(
        "manufacturer",
        "manufacturer = \"Somebody\"",
        "the text `manufacturer`",
    ),
    text(
        "serial_number",
        "serial_number = \"0001\"",
        "the text `serial_number`",
    ),
];

/// The key for what it is.
const KIND: Key = Key {
    name: "kind",
    example: "kind = battery",
    meaning: "what it is: `battery`, `mains`, `ups`, `usb` or `wireless`",
    default: "must be given",
    also: &["type"],
};

/// The key for what is known of it.
const PROPERTIES: Key = Key {
    name: "properties",
    example: "properties(status, capacity, rw(charge_control_end_threshold))",
    meaning: "what is known of it, in `rw(…)` what can be set, too",
    default: "must be given",
    also: &["props"],
};

/// A key that is a text.
const fn text(name: &'static str, example: &'static str, meaning: &'static str) -> Key {
    Key {
        name,
        example,
        meaning,
        default: "there is none",
        also: &[],
    }
}

/// The kinds.
const KINDS: [&str; 5] = ["battery", "mains", "ups", "usb", "wireless"];

/// The kernel's room for the name of the thermal zone that some supplies are, without its end.
const NAME_MAX: usize = 19;

/// The names of supplies.
static SUPPLIES: Namespace = Namespace {
    of: "power supply",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[power_supply]`.
struct PowerSupply {
    name: ClassName,
    kind: Word,
    properties: Properties,
    /// `model_name`, `manufacturer`, `serial_number`.
    texts: [Option<Text>; 3],
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = ClassName::parse(args, field, errors);
    let texts = ["model_name", "manufacturer", "serial_number"].map(|key| args.text(key, errors));
    let kind = args.word("kind", &KINDS, errors);
    if kind.is_none() {
        args.missing(&KIND, errors);
    }
    let Some(entry) = args.take("properties") else {
        args.missing(&PROPERTIES, errors);
        return None;
    };
    Some(Box::new(PowerSupply {
        name,
        properties: ALL.properties(&entry, errors),
        kind: kind?,
        texts,
    }))
}

impl Object for PowerSupply {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.name.check("power supply", field.kind, errors);
        if self.name.text.value.len() > NAME_MAX {
            errors.at(
                self.name.text.span,
                format!("a power supply's name has at most {NAME_MAX} characters"),
                "write a shorter `name`",
            );
        }
        for text in self.texts.iter().flatten() {
            if text.value.is_empty() || text.value.contains(|c: char| c.is_control()) {
                errors.at(
                    text.span,
                    "it is a line of text",
                    "leave the key out for none",
                );
            }
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&SUPPLIES, &self.name.text)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = self.name.constant(site);
        let kind = self.kind.value;
        let properties = self.properties.constants(private);
        let texts = ["MODEL_NAME", "MANUFACTURER", "SERIAL_NUMBER"];
        let texts = texts
            .into_iter()
            .zip(&self.texts)
            .filter_map(|(name, text)| {
                let (name, text) = (format_ident!("{name}"), c_str(&text.as_ref()?.value));
                Some(quote! {
                    const #name: ::core::option::Option<&'static ::core::ffi::CStr> =
                        ::core::option::Option::Some(#text);
                })
            });
        let constants = quote! {
            #name
            const KIND: ::core::primitive::u32 = #private::power_supply_kind(#kind);
            #properties
            #(#texts)*
        };
        class_field(site, "PowerSupplyField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "PowerSupplyOps",
    documented_as: "power_supply_handlers",
    table: Some("PowerSupplyHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "get_property",
            caller: "`read(2)`, and the kernel when the supply has changed",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "set_property",
            caller: "`write(2)` of a number, or of a word that stands for one",
            context: Context::Process,
            absent: "nothing can be declared as `rw`",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("get", "get_property"),
        ("set", "set_property"),
        ("read", "get_property"),
    ],
    not_ready_made: &[],
    why_shared: "several may read at once",
    rules: Rules::NONE,
};
