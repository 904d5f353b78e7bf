// SPDX-License-Identifier: GPL-2.0-only
//! `#[backlight(name = "…", max_brightness = n, …)]`, and what is known of the trait `BacklightOps`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::class::{ClassName, class_field};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text, Word};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "backlight",
    also: &["bl", "backlight_device"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"panel\"",
        meaning: "the backlight's name, in `/sys/class/backlight`; in a `#[device]`, `{index}` stands for the \
                  device's number",
        default: "the field's name; in a `#[device]`, its number behind it",
        also: &["label"],
    },
    MAX,
    Key {
        name: "brightness",
        example: "brightness = 7",
        meaning: "the brightness at first, which nobody sets",
        default: "the largest",
        also: &["initial", "default_brightness"],
    },
    Key {
        name: "kind",
        example: "kind = platform",
        meaning: "what sets it: `raw`, the hardware itself, `platform` or `firmware`; user space prefers the last",
        default: "`raw`",
        also: &["type"],
    },
];

/// The key for the largest brightness.
const MAX: Key = Key {
    name: "max_brightness",
    example: "max_brightness = 15",
    meaning: "the largest brightness",
    default: "must be given",
    also: &["max", "levels"],
};

/// The kinds.
const KINDS: [&str; 3] = ["raw", "platform", "firmware"];

/// The largest brightness that the kernel's `int` can be.
const BRIGHTNESS_MAX: u128 = 0x7fff_ffff;

/// The names of backlights.
static BACKLIGHTS: Namespace = Namespace {
    of: "backlight",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[backlight]`.
struct Backlight {
    name: ClassName,
    max: Number,
    brightness: Option<Number>,
    kind: Option<Word>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = ClassName::parse(args, field, errors);
    let brightness = args.number("brightness", errors);
    let kind = args.word("kind", &KINDS, errors);
    let Some(max) = args.number("max_brightness", errors) else {
        args.missing(&MAX, errors);
        return None;
    };
    Some(Box::new(Backlight {
        name,
        max,
        brightness,
        kind,
    }))
}

impl Object for Backlight {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.name.check("backlight", field.kind, errors);
        if !(1..=BRIGHTNESS_MAX).contains(&self.max.value) {
            errors.at(
                self.max.span,
                format!("a backlight's largest brightness is from 1 to {BRIGHTNESS_MAX}"),
                "write `max_brightness = 1` for one that is on or off",
            );
        } else if let Some(brightness) = &self.brightness
            && brightness.value > self.max.value
        {
            errors.at(
                brightness.span,
                "the brightness at first is at most `max_brightness`",
                format!("write `brightness = {}`", self.max.value),
            );
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&BACKLIGHTS, &self.name.text)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = self.name.constant(site);
        let max = Literal::u128_unsuffixed(self.max.value);
        let brightness = self.brightness.as_ref().unwrap_or(&self.max);
        let brightness = Literal::u128_unsuffixed(brightness.value);
        let kind = self.kind.as_ref().map(|kind| {
            let kind = kind.value;
            quote!(const KIND: ::core::primitive::u32 = #private::backlight_kind(#kind);)
        });
        let constants = quote! {
            #name
            const MAX_BRIGHTNESS: ::core::primitive::u32 = #max;
            const BRIGHTNESS: ::core::primitive::u32 = #brightness;
            #kind
        };
        class_field(site, "BacklightField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "BacklightOps",
    documented_as: "backlight_handlers",
    table: Some("BacklightHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "update_status",
            caller: "a write of `brightness` or `bl_power`, and the system's suspend and resume",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "get_brightness",
            caller: "a read of `actual_brightness`",
            context: Context::Process,
            absent: "what was set last is read",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("set_brightness", "update_status"),
        ("get", "get_brightness"),
    ],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
