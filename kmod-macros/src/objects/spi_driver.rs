// SPDX-License-Identifier: GPL-2.0-only
//! `#[spi_driver(name = "…", ids = […])]`, and what is known of the trait `SpiDriver`.

use super::text_ids::{self, Bus};
use super::{InDevice, Licence, ObjectAttribute, driver};
use crate::handlers::HandlerTrait;
use crate::instance::Kind;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::syntax::args::Key;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "spi_driver",
    also: &["spi", "spi_device", "spidev"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`__spi_register_driver()`",
        objects: "SPI drivers",
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
        example: "ids = [\"mcp3008\"]",
        meaning: "the names of the devices that it is for. After `=>` comes what `probe` is told of one: \
                  `\"mcp3008\" => Model::Mcp3008`",
        default: "must be given",
        also: &["id_table", "id", "names", "devices"],
    },
    driver::name_key("the driver's name, in `/sys/bus/spi/drivers`"),
];

/// The kernel's `SPI_NAME_SIZE`, with the NUL.
const NAME_SIZE: usize = 32;

/// The bus.
static BUS: Bus = Bus {
    attribute: &ATTRIBUTE,
    drivers: Namespace {
        of: "SPI driver",
        help: "give them different names",
        is_tree: false,
    },
    data_example: "ids = [\"mcp3008\" => Model::Mcp3008]",
    wrong,
    name: "spi",
    ty: "Spi",
    row: "SpiId",
};

/// What a name of a device breaks.
fn wrong(id: &str) -> Option<(&'static str, &'static str)> {
    let is_name = (1..NAME_SIZE).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'*');
    (!is_name).then_some((
        "the name of an SPI device has 1 to 31 letters, digits and signs, without `*`",
        "write the name that a board's code or firmware gives to the device, without its vendor's",
    ))
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = driver::handlers("SpiDriver", "spi_driver_handlers");
