// SPDX-License-Identifier: GPL-2.0-only
//! `#[acpi_driver(name = "…", ids = […])]`, and what is known of the trait `AcpiDriver`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::text_ids::{self, Row};
use super::{InDevice, Licence, Object, ObjectAttribute, Site, driver, ids};
use crate::errors::Errors;
use crate::handlers::{self, HandlerTrait, Rules};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "acpi_driver",
    also: &["acpi", "acpi_device", "acpi_match_table"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`__platform_driver_register()`",
        objects: "drivers for what ACPI tells of",
    },
    reports_unshared: true,
    kept: Kept::Alone("BusDriver"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "ids",
        example: "ids = [\"ABCD0001\"]",
        meaning: "the ids of the devices that it is for: `_HID` and `_CID` of firmware. After `=>` comes what \
                  `probe` is told of one: `\"ABCD0001\" => Model::First`",
        default: "must be given",
        also: &["id_table", "id", "hid", "acpi_match_table", "devices"],
    },
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the driver's name, in `/sys/bus/platform/drivers`",
        default: "the field's name",
        also: &["driver"],
    },
];

/// The names of drivers.
static DRIVERS: Namespace = Namespace {
    of: "ACPI driver",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[acpi_driver]`.
struct AcpiDriver {
    /// `name`, or the field's.
    name: Text,
    ids: Vec<Row>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let ids = text_ids::parse(args, "ids = [\"ABCD0001\" => Model::First]", errors);
    if ids.is_none() {
        args.missing(&KEYS[0], errors);
    }
    Some(Box::new(AcpiDriver { name, ids: ids? }))
}

/// What an id breaks.
fn wrong(id: &str) -> Option<(&'static str, &'static str)> {
    let parts = id.split_at_checked(id.len().saturating_sub(4));
    let (vendor, number) = parts.unwrap_or(("", ""));
    let is_id = matches!(vendor.len(), 3 | 4)
        && vendor
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte));
    (!is_id).then_some((
        "an ACPI id is a vendor of 3 or 4 capitals and digits, and 4 hexadecimal digits",
        "write it as `/sys/bus/acpi/devices/*/hid` shows it: `\"ABCD0001\"`",
    ))
}

impl Object for AcpiDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("ACPI driver", &self.name, Folder::Nowhere, errors);
        text_ids::check(&self.ids, wrong, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&DRIVERS, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let rows = self.ids.iter().map(|row| {
            let id = &row.id.value;
            quote!(#id)
        });
        let table = driver::Table {
            bus: "acpi",
            bus_type: "Acpi",
            row: "AcpiId",
            rows: rows.collect(),
            data: ids::data(self.ids.iter().map(|row| &row.data)),
        };
        driver::expand(site, &self.name.value, table)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "AcpiDriver",
    documented_as: "acpi_driver_handlers",
    table: Some("DriverHandlers"),
    has_more: false,
    handlers: &[driver::PROBE, driver::REMOVE, driver::SHUTDOWN],
    types: driver::TYPES,
    keys: &[],
    ready_made: &[],
    also: driver::ALSO,
    not_ready_made: &[],
    why_shared: driver::WHY_SHARED,
    rules: Rules::NONE,
};
