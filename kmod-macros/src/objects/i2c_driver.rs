// SPDX-License-Identifier: GPL-2.0-only
//! `#[i2c_driver(name = "…", ids = […])]`, and what is known of the trait `I2cDriver`.

use super::text_ids::{self, Bus};
use super::{InDevice, Licence, ObjectAttribute, driver};
use crate::handlers::HandlerTrait;
use crate::instance::Kind;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::syntax::args::Key;

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
    parse: |args, field, errors| text_ids::driver(&BUS, args, field, errors),
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
    driver::name_key("the driver's name, in `/sys/bus/i2c/drivers`"),
];

/// The kernel's `I2C_NAME_SIZE`, with the NUL.
const NAME_SIZE: usize = 20;

/// The bus.
static BUS: Bus = Bus {
    attribute: &ATTRIBUTE,
    drivers: Namespace {
        of: "I2C driver",
        help: "give them different names",
        is_tree: false,
    },
    data_example: "ids = [\"lm75\" => Model::Lm75]",
    wrong,
    name: "i2c",
    ty: "I2c",
    row: "I2cId",
};

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

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = driver::handlers("I2cDriver", "i2c_driver_handlers");
