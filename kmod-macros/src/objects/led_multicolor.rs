// SPDX-License-Identifier: GPL-2.0-only
//! `#[led_multicolor(colors(…), name = "…", max_brightness = n, default_trigger = "…")]`, and what is known of the
//! trait `LedMulticolorOps`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::class::class_field;
use super::led::{DEFAULT_TRIGGER, LEDS, Lamp, MAX_BRIGHTNESS, NAME, one_setter};
use super::words::Words;
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerImpl, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "led_multicolor",
    also: &["multicolor_led", "led_rgb", "rgb", "led_classdev_mc"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`led_classdev_multicolor_register_ext()`",
        objects: "LEDs of several colours",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[COLORS, NAME, MAX_BRIGHTNESS, DEFAULT_TRIGGER];

/// The key for the colours.
const COLORS: Key = Key {
    name: "colors",
    example: "colors(red, green, blue)",
    meaning: "its colours, in the order in which the handler gets them: `white`, `red`, `green`, `blue`, `amber`, \
              `violet`, `yellow`, `ir`",
    default: "must be given",
    also: &["colours", "color"],
};

/// The colours.
const WORDS: Words = Words {
    key: "colors",
    one: "colour",
    of: "colour",
    known: &[
        "white", "red", "green", "blue", "amber", "violet", "yellow", "ir",
    ],
    also: &[
        ("r", "red"),
        ("g", "green"),
        ("b", "blue"),
        ("w", "white"),
        ("infrared", "ir"),
        ("orange", "amber"),
        ("purple", "violet"),
    ],
};

/// A field under `#[led_multicolor]`.
struct LedMulticolor {
    lamp: Lamp,
    colors: Vec<&'static str>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let lamp = Lamp::parse(args, field, errors);
    let Some(given) = WORDS.parse(args, errors) else {
        args.missing(&COLORS, errors);
        return None;
    };
    let colors = given.words;
    Some(Box::new(LedMulticolor { lamp, colors }))
}

impl Object for LedMulticolor {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.lamp.check(field, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&LEDS, &self.lamp.name.text)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let lamp = self.lamp.constants(site);
        let colors = &self.colors;
        let constants = quote! {
            #lamp
            const COLORS: &'static [::core::primitive::u8] = &[#(#private::led_color(#colors)),*];
        };
        class_field(site, "LedMulticolorField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "LedMulticolorOps",
    documented_as: "led_multicolor_handlers",
    table: Some("LedMulticolorHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "brightness_set",
            caller: "a write of `brightness` or `multi_intensity`, a trigger, the kernel's timer for one that blinks, \
                     and the LED's end",
            context: Context::Atomic,
            absent: "`brightness_set_blocking` must be there",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "brightness_set_blocking",
            caller: "the same, by a work where that must not sleep",
            context: Context::Process,
            absent: "`brightness_set` must be there",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("set_brightness", "brightness_set"),
        ("set", "brightness_set"),
        ("set_blocking", "brightness_set_blocking"),
    ],
    not_ready_made: &[],
    why_shared: "it may be set by several at once",
    rules: Rules {
        whole: one_that_sets,
        ..Rules::NONE
    },
};

/// The rule for `LedMulticolorOps`.
fn one_that_sets(handlers: &HandlerImpl, errors: &mut Errors) {
    one_setter(
        "write `fn brightness_set(&self, led: &LedMulticolorCall<'_, Self>, colors: &[u32]) { … }`",
        handlers,
        errors,
    );
}
