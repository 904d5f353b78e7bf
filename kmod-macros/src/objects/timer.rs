// SPDX-License-Identifier: GPL-2.0-only
//! `#[timer]`, and what is known of the trait `TimerHandler`.

use proc_macro2::{Ident, TokenStream};

use super::{InDevice, Licence, Object, ObjectAttribute, Site, embedded};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::syntax::args::Args;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "timer",
    also: &["timer_list"],
    keys: &[],
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("Embedded"),
    in_device: InDevice::Of("Embedded"),
    parse,
};

/// A field under `#[timer]`.
struct Timer;

/// There is nothing to read.
fn parse(_args: &mut Args, _field: &Ident, _errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Timer))
}

impl Object for Timer {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, _errors: &mut Errors) {}

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        Vec::new()
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        embedded(site)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "TimerHandler",
    documented_as: "timer_handlers",
    table: None,
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
