// SPDX-License-Identifier: GPL-2.0-only
//! `#[led_trigger(name = "…")]`.

use proc_macro2::{Ident, TokenStream};

use super::class::{ClassName, class_field};
use super::led::TRIGGER_MAX;
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "led_trigger",
    also: &["ledtrig", "trigger"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`led_trigger_register()`",
        objects: "triggers",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "name",
    example: "name = \"busy\"",
    meaning: "by which LEDs are given it, in their file `trigger`; in a `#[device]`, `{index}` stands for the \
              device's number",
    default: "the field's name; in a `#[device]`, its number behind it",
    also: &["trigger"],
}];

/// The names of triggers.
static TRIGGERS: Namespace = Namespace {
    of: "trigger",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[led_trigger]`.
struct LedTrigger {
    name: ClassName,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(LedTrigger {
        name: ClassName::parse(args, field, errors),
    }))
}

impl Object for LedTrigger {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        let before = errors.count();
        self.name.check("trigger", field.kind, errors);
        let name = &self.name.text;
        if errors.count() == before && name.value.len() > TRIGGER_MAX {
            errors.at(
                name.span,
                format!("a trigger's name has at most {TRIGGER_MAX} characters"),
                "write a shorter `name`",
            );
        }
        // A LED's file shows the one that it has in brackets, and one of these names for none.
        if errors.count() == before
            && (name.value.contains(['[', ']'])
                || ["none", "default"].contains(&name.value.as_str()))
        {
            errors.at(
                name.span,
                format!("a trigger cannot be called `{}`", name.value),
                "write another `name`, without brackets: a LED's file `trigger` means something else by it",
            );
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&TRIGGERS, &self.name.text)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        class_field(site, "LedTriggerField", &self.name.constant(site))
    }
}
