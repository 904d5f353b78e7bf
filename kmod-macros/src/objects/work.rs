// SPDX-License-Identifier: GPL-2.0-only
//! `#[work]`, and what is known of the trait `WorkHandler`.

use super::embedded::Embedded;
use super::{InDevice, Licence, ObjectAttribute};
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::Kind;
use crate::instance::statics::Kept;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "work",
    also: &["work_struct"],
    keys: &[],
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`cancel_work_sync()`",
        objects: "works",
    },
    reports_unshared: false,
    kept: Kept::Alone("Embedded"),
    in_device: InDevice::Of("Embedded"),
    parse: |_args, _field, _errors| Some(Box::new(Embedded(&ATTRIBUTE))),
};

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "WorkHandler",
    documented_as: "work_handlers",
    table: None,
    handlers: &[Handler {
        name: "run",
        caller: "a worker thread, once the work is queued",
        context: Context::Process,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[("work", "run"), ("func", "run"), ("execute", "run")],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
