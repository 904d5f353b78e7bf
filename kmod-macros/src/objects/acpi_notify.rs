// SPDX-License-Identifier: GPL-2.0-only
//! `#[acpi_notify]`, and what is known of the trait `AcpiNotifyHandler`.

use proc_macro2::TokenStream;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, alone, embedded};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "acpi_notify",
    also: &["notify", "acpi_notify_handler", "acpi_event"],
    keys: &[],
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("AcpiNotifyObject"),
    in_device: InDevice::Of("AcpiNotifyObject"),
    parse: |_args, _field, _errors| Some(Box::new(AcpiNotify)),
};

/// A field under `#[acpi_notify]`.
struct AcpiNotify;

impl Object for AcpiNotify {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        alone::check(
            &ATTRIBUTE,
            "have one handler look at the event's number",
            fields,
            own,
            errors,
        );
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        embedded::expand(site, "AcpiNotifyField")
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "AcpiNotifyHandler",
    documented_as: "acpi_notify_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "notified",
        caller: "a worker of ACPI's, when firmware has called `Notify()` for the device",
        context: Context::Process,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("notify", "notified"),
        ("event", "notified"),
        ("handler", "notified"),
    ],
    not_ready_made: &[],
    why_shared: "several may run at once",
    rules: Rules::NONE,
};
