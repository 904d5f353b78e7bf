// SPDX-License-Identifier: GPL-2.0-only
//! `#[led(name = "…", max_brightness = n, default_trigger = "…")]`, and what is known of the trait
//! `LedOps`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::class::{ClassName, class_field};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerImpl, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::c_str;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "led",
    also: &["leds", "led_classdev", "light"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`led_classdev_register_ext()`",
        objects: "LEDs",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[NAME, MAX_BRIGHTNESS, DEFAULT_TRIGGER];

/// The key for the name.
pub const NAME: Key = Key {
    name: "name",
    example: "name = \"lamp:red:status\"",
    meaning: "the LED's name, in `/sys/class/leds`; in a `#[device]`, `{index}` stands for the device's number",
    default: "the field's name; in a `#[device]`, its number behind it",
    also: &["label"],
};

/// The key for the largest brightness.
pub const MAX_BRIGHTNESS: Key = Key {
    name: "max_brightness",
    example: "max_brightness = 1",
    meaning: "the largest brightness",
    default: "255",
    also: &["max", "brightness"],
};

/// The key for the trigger.
pub const DEFAULT_TRIGGER: Key = Key {
    name: "default_trigger",
    example: "default_trigger = \"heartbeat\"",
    meaning: "the trigger that it has at first, if the kernel has it",
    default: "none",
    also: &["trigger"],
};

/// The largest brightness that sysfs takes, and `brightness_get` can return.
const BRIGHTNESS_MAX: u128 = 0x7fff_ffff;

/// The kernel's `TRIG_NAME_MAX`, without its end.
pub const TRIGGER_MAX: usize = 49;

/// The names of LEDs.
pub static LEDS: Namespace = Namespace {
    of: "LED",
    help: "give them different names",
    is_tree: false,
};

/// What LEDs of one colour and of several have in common.
pub struct Lamp {
    pub name: ClassName,
    max_brightness: Option<Number>,
    default_trigger: Option<Text>,
}

impl Lamp {
    /// Reads the entries.
    pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Self {
        Self {
            name: ClassName::parse(args, field, errors),
            max_brightness: args.number("max_brightness", errors),
            default_trigger: args.text("default_trigger", errors),
        }
    }

    /// Applies the rules.
    pub fn check(&self, field: &Field, errors: &mut Errors) {
        self.name.check("LED", field.kind, errors);
        if let Some(max) = &self.max_brightness
            && !(1..=BRIGHTNESS_MAX).contains(&max.value)
        {
            errors.at(
                max.span,
                format!("a LED's largest brightness is from 1 to {BRIGHTNESS_MAX}"),
                "write `max_brightness = 1` for one that is on or off",
            );
        }
        if let Some(trigger) = &self.default_trigger {
            names::word("trigger", trigger, Folder::Nowhere, errors);
            if trigger.value.len() > TRIGGER_MAX {
                errors.at(
                    trigger.span,
                    format!("a trigger's name has at most {TRIGGER_MAX} characters"),
                    "the names that there are stand in a LED's file `trigger`",
                );
            }
        }
    }

    /// Its constants.
    pub fn constants(&self, site: &Site<'_>) -> TokenStream {
        let name = self.name.constant(site);
        let max_brightness = self.max_brightness.as_ref().map(|max| {
            let max = Literal::u128_unsuffixed(max.value);
            quote!(const MAX_BRIGHTNESS: ::core::primitive::u32 = #max;)
        });
        let default_trigger = self.default_trigger.as_ref().map(|trigger| {
            let trigger = c_str(&trigger.value);
            quote! {
                const DEFAULT_TRIGGER: ::core::option::Option<&'static ::core::ffi::CStr> =
                    ::core::option::Option::Some(#trigger);
            }
        });
        quote!(#name #max_brightness #default_trigger)
    }
}

/// A field under `#[led]`.
struct Led(Lamp);

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Led(Lamp::parse(args, field, errors))))
}

impl Object for Led {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.0.check(field, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&LEDS, &self.0.name.text)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        class_field(site, "LedField", &self.0.constants(site))
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "LedOps",
    documented_as: "led_handlers",
    table: Some("LedHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "brightness_set",
            caller: "a write of `brightness`, a trigger, the kernel's timer for one that blinks, and the LED's \
                     end",
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
        Handler {
            name: "brightness_get",
            caller: "the LED's registration, and a read of `brightness`",
            context: Context::Process,
            absent: "what was set last is read",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "blink_set",
            caller: "a trigger that has it blink, as `timer`",
            context: Context::Atomic,
            absent: "the kernel's timer turns it on and off",
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
        ("get_brightness", "brightness_get"),
        ("get", "brightness_get"),
        ("blink", "blink_set"),
    ],
    not_ready_made: &[],
    why_shared: "it may be set by several at once",
    rules: Rules {
        whole: one_that_sets,
        ..Rules::NONE
    },
};

/// The rule for `LedOps`.
fn one_that_sets(handlers: &HandlerImpl, errors: &mut Errors) {
    one_setter(
        "write `fn brightness_set(&self, led: &LedCall<'_, Self>, brightness: u32) { … }`",
        handlers,
        errors,
    );
}

/// The kernel takes the one that does not sleep wherever it can.
pub fn one_setter(help: &str, handlers: &HandlerImpl, errors: &mut Errors) {
    let has = |name| handlers.handler(name).is_some();
    match (has("brightness_set"), has("brightness_set_blocking")) {
        (false, false) => errors.on(
            &handlers.item.self_ty,
            "a LED has a `brightness_set` or a `brightness_set_blocking`",
            help,
        ),
        (true, true) => errors.on(
            &handlers.item.self_ty,
            "a LED has a `brightness_set` or a `brightness_set_blocking`, and not both",
            "leave `brightness_set_blocking` out if the LED can be set without sleeping",
        ),
        _ => {}
    }
}
