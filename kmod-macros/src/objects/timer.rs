// SPDX-License-Identifier: GPL-2.0-only
//! `#[timer]`, and what is known of the trait `TimerHandler`.

use super::embedded::Embedded;
use super::{InDevice, Licence, ObjectAttribute};
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::Kind;
use crate::instance::statics::Kept;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "timer",
    also: &["timer_list"],
    keys: &[],
    on: &[Kind::Module, Kind::Device, Kind::PerOpen],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("Embedded"),
    in_device: InDevice::Of("Embedded"),
    parse: |_args, _field, _errors| Some(Box::new(Embedded(&ATTRIBUTE))),
};

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "TimerHandler",
    documented_as: "timer_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "expired",
        caller: "the kernel, once the time has passed",
        context: Context::Atomic,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("function", "expired"),
        ("expire", "expired"),
        ("run", "expired"),
    ],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
