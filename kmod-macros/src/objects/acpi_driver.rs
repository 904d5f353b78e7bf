// SPDX-License-Identifier: GPL-2.0-only
//! `#[acpi_driver(name = "…", ids = […])]`, and what is known of the trait `AcpiDriver`.

use super::text_ids::{self, Bus};
use super::{InDevice, Licence, ObjectAttribute, driver};
use crate::handlers::HandlerTrait;
use crate::instance::Kind;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::syntax::args::Key;

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
    parse: |args, field, errors| text_ids::driver(&BUS, args, field, errors),
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
    driver::name_key("the driver's name, in `/sys/bus/platform/drivers`"),
];

/// The bus.
static BUS: Bus = Bus {
    attribute: &ATTRIBUTE,
    drivers: Namespace {
        of: "ACPI driver",
        help: "give them different names",
        is_tree: false,
    },
    data_example: "ids = [\"ABCD0001\" => Model::First]",
    wrong,
    name: "acpi",
    ty: "Acpi",
    row: "AcpiId",
};

/// What an id breaks.
pub fn wrong(id: &str) -> Option<(&'static str, &'static str)> {
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

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = driver::handlers("AcpiDriver", "acpi_driver_handlers");
