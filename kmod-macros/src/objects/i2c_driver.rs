// SPDX-License-Identifier: GPL-2.0-only
//! `#[i2c_driver(name = "…", ids = […])]`, and what is known of the trait `I2cDriver`.

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
    name: "i2c_driver",
    also: &["i2c", "i2c_client", "smbus", "smbus_driver"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`i2c_match_id()`",
        objects: "I2C drivers",
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
        example: "ids = [\"lm75\"]",
        meaning: "the names of the devices that it is for. After `=>` comes what `probe` is told of one: \
                  `\"lm75\" => Model::Lm75`",
        default: "must be given",
        also: &["id_table", "id", "names", "devices"],
    },
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the driver's name, in `/sys/bus/i2c/drivers`",
        default: "the field's name",
        also: &["driver"],
    },
];

/// The kernel's `I2C_NAME_SIZE`, with the NUL.
const NAME_SIZE: usize = 20;

/// The names of drivers.
static DRIVERS: Namespace = Namespace {
    of: "I2C driver",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[i2c_driver]`.
struct I2cDriver {
    /// `name`, or the field's.
    name: Text,
    ids: Vec<Row>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let ids = text_ids::parse(args, "ids = [\"lm75\" => Model::Lm75]", errors);
    if ids.is_none() {
        args.missing(&KEYS[0], errors);
    }
    Some(Box::new(I2cDriver { name, ids: ids? }))
}

/// What a name of a device breaks.
fn wrong(id: &str) -> Option<(&'static str, &'static str)> {
    let is_name = (1..NAME_SIZE).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'*');
    (!is_name).then_some((
        "the name of an I2C device has 1 to 19 letters, digits and signs, without `*`",
        "write the name that a board's code or `new_device` in sysfs gives to the device",
    ))
}

impl Object for I2cDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("I2C driver", &self.name, Folder::Nowhere, errors);
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
            bus: "i2c",
            bus_type: "I2c",
            row: "I2cId",
            rows: rows.collect(),
            data: ids::data(self.ids.iter().map(|row| &row.data)),
        };
        driver::expand(site, &self.name.value, table)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "I2cDriver",
    documented_as: "i2c_driver_handlers",
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
