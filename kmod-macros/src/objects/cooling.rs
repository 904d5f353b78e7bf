// SPDX-License-Identifier: GPL-2.0-only
//! `#[cooling(name = "…")]`, and what is known of the trait `CoolingOps`.

use proc_macro2::{Ident, TokenStream};

use super::class::{ClassName, class_field};
use super::thermal_zone;
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "cooling",
    also: &["cooling_device", "thermal_cooling_device", "fan"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`thermal_cooling_device_register()`",
        objects: "cooling devices",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "name",
    example: "name = \"fan\"",
    meaning: "what its file `type` shows, and by which thermal zones know it; in a `#[device]`, `{index}` stands \
              for the device's number",
    default: "the field's name; in a `#[device]`, its number behind it",
    also: &["type", "kind"],
}];

/// A field under `#[cooling]`.
struct Cooling {
    name: ClassName,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Cooling {
        name: ClassName::parse(args, field, errors),
    }))
}

impl Object for Cooling {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.name.check("cooling device", field.kind, errors);
        thermal_zone::short("cooling device", &self.name.text, errors);
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        class_field(site, "CoolingField", &self.name.constant(site))
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "CoolingOps",
    documented_as: "cooling_handlers",
    table: None,
    has_more: false,
    handlers: &[
        Handler {
            name: "get_max_state",
            caller: "a read of `max_state`, and the kernel; since 6.1 once, when it is registered",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "get_cur_state",
            caller: "a read of `cur_state`, and what decides how much is to be cooled",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "set_cur_state",
            caller: "a write of `cur_state`, and what decides how much is to be cooled",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("max_state", "get_max_state"),
        ("cur_state", "get_cur_state"),
        ("get_state", "get_cur_state"),
        ("set_state", "set_cur_state"),
    ],
    not_ready_made: &[],
    why_shared: "it may be asked while it is set",
    rules: Rules::NONE,
};
