// SPDX-License-Identifier: GPL-2.0-only
//! `#[thermal_zone(name = "…", trips(…), …)]`, and what is known of the trait `ThermalOps`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::class::{ClassName, class_field};
use super::thermal_trips::{Trip, trips};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, option};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "thermal_zone",
    also: &["thermal", "thermal_zone_device", "zone"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`thermal_zone_device_register_with_trips()`",
        objects: "thermal zones",
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
        example: "name = \"stove\"",
        meaning: "what its file `type` shows; in a `#[device]`, `{index}` stands for the device's number",
        default: "the field's name; in a `#[device]`, its number behind it",
        also: &["type", "kind"],
    },
    Key {
        name: "trips",
        example: "trips(active(60_000, cooled_by = \"fan\"), critical(110_000))",
        meaning: "at which temperatures, in thousandths of a degree, something is to be done: `active`, `passive`, \
                  `hot` or `critical`; in `rw(…)` those that can be set; with `hysteresis = 2_000`, and for the \
                  first two `cooled_by`, the name of the cooling devices",
        default: "none",
        also: &["trip_points"],
    },
    Key {
        name: "polling_delay",
        example: "polling_delay = 2000",
        meaning: "after how many milliseconds the kernel looks at it again, at all times",
        default: "0: never, but when `update` says so",
        also: &["polling", "interval"],
    },
    Key {
        name: "passive_delay",
        example: "passive_delay = 1000",
        meaning: "the same, while a passive trip is passed",
        default: "0: as at all times",
        also: &["passive"],
    },
];

/// The kernel's `THERMAL_NAME_LENGTH`, without its end.
const NAME_MAX: usize = 19;

/// The longest delay: an hour.
const DELAY_MAX: u128 = 3_600_000;

/// A field under `#[thermal_zone]`.
struct ThermalZone {
    name: ClassName,
    trips: Vec<Trip>,
    passive_delay: Option<Number>,
    polling_delay: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = ClassName::parse(args, field, errors);
    let trips = match args.take("trips") {
        Some(entry) => trips(&entry, errors),
        None => Vec::new(),
    };
    Some(Box::new(ThermalZone {
        name,
        trips,
        passive_delay: args.number("passive_delay", errors),
        polling_delay: args.number("polling_delay", errors),
    }))
}

/// The rule of a name that the kernel keeps in few bytes, and gives to a sensor.
pub fn short(of: &str, name: &Text, errors: &mut Errors) {
    if name.value.len() > NAME_MAX {
        errors.at(
            name.span,
            format!("a {of}'s name has at most {NAME_MAX} characters"),
            "write a shorter `name`",
        );
    }
}

impl Object for ThermalZone {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        let before = errors.count();
        self.name.check("thermal zone", field.kind, errors);
        short("thermal zone", &self.name.text, errors);
        // A zone is a sensor of this name, too.
        if errors.count() == before && self.name.text.value.contains('*') {
            errors.at(
                self.name.text.span,
                "a thermal zone's name has no `*`",
                format!("write `\"{}\"`", self.name.text.value.replace('*', "_")),
            );
        }
        for delay in [&self.passive_delay, &self.polling_delay]
            .into_iter()
            .flatten()
        {
            if delay.value > DELAY_MAX {
                errors.at(
                    delay.span,
                    format!("a delay is at most {DELAY_MAX} milliseconds, an hour"),
                    "leave the key out if the kernel is not to look by itself",
                );
            }
        }
        if let (Some(passive), Some(polling)) = (&self.passive_delay, &self.polling_delay)
            && polling.value != 0
            && passive.value > polling.value
        {
            errors.at(
                passive.span,
                "a zone that is too warm is looked at as often as at all times, or more often",
                format!("write `passive_delay = {}`, or less", polling.value),
            );
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = self.name.constant(site);
        let trips = self.trips.iter().map(|trip| {
            let kind = trip.kind;
            let temperature = Literal::i32_unsuffixed(trip.temperature);
            let hysteresis = Literal::i32_unsuffixed(trip.hysteresis);
            let writable = trip.writable;
            let cooled_by = option(trip.cooled_by.as_ref().map(|name| c_str(&name.value)));
            quote! {
                #private::ThermalTrip::new(#kind, #temperature, #hysteresis, #writable, #cooled_by)
            }
        });
        let delay = |delay: &Option<Number>| {
            Literal::u128_unsuffixed(delay.as_ref().map_or(0, |delay| delay.value))
        };
        let (passive, polling) = (delay(&self.passive_delay), delay(&self.polling_delay));
        let constants = quote! {
            #name
            const TRIPS: &'static [#private::ThermalTrip] = &[#(#trips),*];
            const PASSIVE_DELAY: ::core::primitive::u32 = #passive;
            const POLLING_DELAY: ::core::primitive::u32 = #polling;
        };
        class_field(site, "ThermalZoneField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "ThermalOps",
    documented_as: "thermal_zone_handlers",
    table: Some("ThermalHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "get_temp",
            caller: "a read of `temp`, and the kernel when it looks at the zone",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "set_trip_temp",
            caller: "a write of a trip's temperature",
            context: Context::Process,
            absent: "the kernel keeps it",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("temperature", "get_temp"),
        ("get_temperature", "get_temp"),
        ("temp", "get_temp"),
        ("read", "get_temp"),
        ("set_trip", "set_trip_temp"),
    ],
    not_ready_made: &[],
    why_shared: "several may ask at once",
    rules: Rules::NONE,
};
