// SPDX-License-Identifier: GPL-2.0-only
//! `#[pci_driver(name = "…", ids = […])]`, and what is known of the trait `PciDriver`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::driver::Table;
use super::pci_ids::{self, Row};
use super::{InDevice, Licence, Object, ObjectAttribute, Site, driver, ids};
use crate::errors::Errors;
use crate::handlers::{Context, Handler, HandlerTrait, Otherwise};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "pci_driver",
    also: &["pci", "pci_device"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Any,
    reports_unshared: true,
    kept: Kept::Alone("PciBusDriver"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "ids",
        example: "ids = [(0x1234, 0x11e8)]",
        meaning: "the devices that it is for: vendor and device, or these and the subsystem's; `_` is any. \
                  After `=>` comes what `probe` is told of it: `(0x1234, 0x11e8) => Model::A`",
        default: "must be given",
        also: &["id_table", "id", "devices"],
    },
    driver::name_key("the driver's name, in `/sys/bus/pci/drivers`"),
];

/// The names of drivers.
static DRIVERS: Namespace = Namespace {
    of: "PCI driver",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[pci_driver]`.
struct PciDriver {
    /// `name`, or the field's.
    name: Text,
    ids: Vec<Row>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let ids = pci_ids::parse(args, errors);
    if ids.is_none() {
        args.missing(&KEYS[0], errors);
    }
    Some(Box::new(PciDriver { name, ids: ids? }))
}

impl Object for PciDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("PCI driver", &self.name, Folder::Nowhere, errors);
        pci_ids::check(&self.ids, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&DRIVERS, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let rows = self.ids.iter().map(|row| {
            let numbers = row.numbers();
            quote!([#(#numbers),*])
        });
        let table = Table {
            bus: "pci",
            bus_type: "Pci",
            row: "PciId",
            rows: rows.collect(),
            data: ids::data(self.ids.iter().map(|row| &row.data)),
        };
        driver::expand(site, &self.name.value, table)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    table: Some("PciHandlers"),
    handlers: ALL,
    ..driver::handlers("PciDriver", "pci_driver_handlers")
};

/// Its handlers.
const ALL: &[Handler] = &driver::with::<9>(&[
    around_reset(
        "reset_prepare",
        "the PCI core, before the device is reset, whoever asks for that",
    ),
    around_reset("reset_done", "the PCI core, after that"),
]);

/// A handler that PCI drivers have besides those of all drivers.
const fn around_reset(name: &'static str, caller: &'static str) -> Handler {
    Handler {
        name,
        caller,
        context: Context::Process,
        absent: "nothing is called",
        otherwise: Otherwise::NullSlot,
    }
}
