// SPDX-License-Identifier: GPL-2.0-only
//! `#[watchdog(identity = "…", timeout = n, …)]`, and what is known of the trait `WatchdogOps`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::class::class_field;
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text};
use crate::tokens::c_str;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "watchdog",
    also: &["wdt", "watchdog_device"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`watchdog_register_device()`",
        objects: "watchdogs",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "identity",
        example: "identity = \"Dog\"",
        meaning: "what it calls itself, in at most 31 characters",
        default: "the field's name",
        also: &["name"],
    },
    Key {
        name: "timeout",
        example: "timeout = 30",
        meaning: "the time until it bites, in seconds, until another one is set",
        default: "60",
        also: &["heartbeat", "margin"],
    },
    Key {
        name: "min_timeout",
        example: "min_timeout = 2",
        meaning: "the shortest time that can be set",
        default: "1",
        also: &["min"],
    },
    Key {
        name: "max_timeout",
        example: "max_timeout = 600",
        meaning: "the longest time that can be set",
        default: "none",
        also: &["max"],
    },
    Key {
        name: "nowayout",
        example: "nowayout = 1",
        meaning: "whether it cannot be stopped any more once it runs, 1 or 0",
        default: "0",
        also: &["no_way_out"],
    },
    Key {
        name: "stop_on_unregister",
        example: "stop_on_unregister = 1",
        meaning: "whether it is stopped when it is taken away, 1 or 0",
        default: "0: it goes on, and bites",
        also: &[],
    },
];

/// The kernel's room for what a watchdog calls itself, without its end.
const IDENTITY_MAX: usize = 31;

/// What the kernel computes with, in seconds, so that milliseconds fit.
const TIMEOUT_MAX: u128 = 4_294_967;

/// A field under `#[watchdog]`.
struct Watchdog {
    /// `identity`, or the field's name.
    identity: Text,
    timeout: Option<Number>,
    min: Option<Number>,
    max: Option<Number>,
    /// `nowayout` and `stop_on_unregister`.
    flags: [Option<Number>; 2],
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let identity = args.text("identity", errors);
    Some(Box::new(Watchdog {
        identity: identity.unwrap_or_else(|| name_of(field)),
        timeout: args.number("timeout", errors),
        min: args.number("min_timeout", errors),
        max: args.number("max_timeout", errors),
        flags: ["nowayout", "stop_on_unregister"].map(|key| args.number(key, errors)),
    }))
}

impl Object for Watchdog {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        let Text { value, span } = &self.identity;
        let bad = |c: char| !c.is_ascii() || c.is_ascii_control();
        if value.is_empty() || value.contains(bad) || value.len() > IDENTITY_MAX {
            errors.at(
                *span,
                format!("a watchdog calls itself by 1 to {IDENTITY_MAX} ASCII characters"),
                "leave the key out to take the field's name",
            );
        }
        for number in [&self.timeout, &self.min, &self.max].into_iter().flatten() {
            if !(1..=TIMEOUT_MAX).contains(&number.value) {
                errors.at(
                    number.span,
                    format!("a watchdog's time is from 1 to {TIMEOUT_MAX} seconds"),
                    "write `timeout = 60`",
                );
                return;
            }
        }
        let value = |number: &Option<Number>, default| {
            number.as_ref().map_or(default, |number| number.value)
        };
        let (min, max) = (value(&self.min, 1), value(&self.max, TIMEOUT_MAX));
        let timeout = value(&self.timeout, 60);
        let written = [&self.timeout, &self.max, &self.min];
        let written = written.into_iter().flatten().next();
        if let Some(written) = written
            && !(min..=max).contains(&timeout)
        {
            errors.at(
                written.span,
                format!(
                    "`timeout`, {timeout}, is from `min_timeout`, {min}, to `max_timeout`, {max}"
                ),
                format!("write `timeout = {}`", timeout.clamp(min, max.max(min))),
            );
        }
        for flag in self.flags.iter().flatten() {
            if flag.value > 1 {
                errors.at(flag.span, "it is 1 or 0", "leave the key out for 0");
            }
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let identity = c_str(&self.identity.value);
        let numbers = [
            ("TIMEOUT", &self.timeout),
            ("MIN_TIMEOUT", &self.min),
            ("MAX_TIMEOUT", &self.max),
        ];
        let numbers = numbers.into_iter().filter_map(|(name, number)| {
            let (name, value) = (format_ident!("{name}"), number.as_ref()?.value);
            let value = Literal::u128_unsuffixed(value);
            Some(quote!(const #name: ::core::primitive::u32 = #value;))
        });
        let flags = ["NOWAYOUT", "STOP_ON_UNREGISTER"]
            .into_iter()
            .zip(&self.flags);
        let flags = flags.filter_map(|(name, flag)| {
            let (name, value) = (format_ident!("{name}"), flag.as_ref()?.value == 1);
            Some(quote!(const #name: ::core::primitive::bool = #value;))
        });
        let constants = quote! {
            const IDENTITY: &'static ::core::ffi::CStr = #identity;
            #(#numbers)*
            #(#flags)*
        };
        class_field(site, "WatchdogField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "WatchdogOps",
    documented_as: "watchdog_handlers",
    table: Some("WatchdogHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "start",
            caller: "`open(2)`, and without a `ping` all that keeps it from biting",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "stop",
            caller: "`close(2)` after a `V`, `WDIOC_SETOPTIONS`, and the watchdog's end",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "ping",
            caller: "`write(2)`, `WDIOC_KEEPALIVE`",
            context: Context::Process,
            absent: "`start` is called",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "set_timeout",
            caller: "`WDIOC_SETTIMEOUT`",
            context: Context::Process,
            absent: "the kernel keeps it, and `start` gets it",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "get_timeleft",
            caller: "`WDIOC_GETTIMELEFT`, a read of `timeleft`",
            context: Context::Process,
            absent: "EOPNOTSUPP",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("enable", "start"),
        ("disable", "stop"),
        ("keepalive", "ping"),
        ("timeleft", "get_timeleft"),
    ],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
