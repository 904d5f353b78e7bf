// SPDX-License-Identifier: GPL-2.0-only
//! `#[battery_hook(properties(…))]`, and what is known of the trait `BatteryHookOps`.

use proc_macro2::{Ident, TokenStream};

use super::class::class_field;
use super::power_supply_properties::{Known, Properties};
use super::{InDevice, Licence, Object, ObjectAttribute, Site, alone};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "battery_hook",
    also: &["acpi_battery_hook", "battery_extension", "charge_threshold"],
    keys: &[PROPERTIES],
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`battery_hook_register()`",
        objects: "hooks of batteries",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The key for what batteries get.
const PROPERTIES: Key = Key {
    name: "properties",
    example: "properties(rw(charge_control_end_threshold))",
    meaning: "what batteries get: `charge_control_start_threshold`, `charge_control_end_threshold`; in `rw(…)` what can \
              be set, too",
    default: "must be given",
    also: &["props", "files"],
};

/// What the kernel's own driver of batteries has not.
const KNOWN: Known = Known {
    names: &[
        "charge_control_start_threshold",
        "charge_control_end_threshold",
    ],
    texts: &[],
    where_listed: "a hook adds `charge_control_start_threshold` and `charge_control_end_threshold`",
};

/// A field under `#[battery_hook]`.
struct BatteryHook {
    properties: Properties,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let Some(entry) = args.take(PROPERTIES.name) else {
        args.missing(&PROPERTIES, errors);
        return None;
    };
    let properties = KNOWN.properties(&entry, errors);
    Some(Box::new(BatteryHook { properties }))
}

impl Object for BatteryHook {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        alone::check(
            &ATTRIBUTE,
            "give one of them all properties",
            fields,
            own,
            errors,
        );
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        class_field(
            site,
            "BatteryHookField",
            &self.properties.constants(site.private),
        )
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "BatteryHookOps",
    documented_as: "battery_hook_handlers",
    table: Some("BatteryHookHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "add_battery",
            caller: "the hook's registration, and a battery that comes",
            context: Context::Process,
            absent: "all batteries get the files",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "get_property",
            caller: "`read(2)`",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "set_property",
            caller: "`write(2)` of a number",
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
        ("add", "add_battery"),
        ("probe", "add_battery"),
    ],
    not_ready_made: &[],
    why_shared: "several may read at once",
    rules: Rules::NONE,
};
