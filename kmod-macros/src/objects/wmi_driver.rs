// SPDX-License-Identifier: GPL-2.0-only
//! `#[wmi_driver(name = "…", ids = […])]`, and what is known of the trait `WmiDriver`.

use super::text_ids::{self, Bus};
use super::{InDevice, Licence, ObjectAttribute, driver};
use crate::handlers::{Context, Handler, HandlerTrait, Otherwise};
use crate::instance::Kind;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::syntax::args::Key;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "wmi_driver",
    also: &["wmi", "wmi_device", "wmi_block"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`wmidev_evaluate_method()`",
        objects: "WMI drivers",
    },
    reports_unshared: true,
    kept: Kept::Alone("WmiBusDriver"),
    in_device: InDevice::Never,
    parse: |args, field, errors| text_ids::driver(&BUS, args, field, errors),
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "ids",
        example: "ids = [\"7A1B3C5D-0001-4E0F-8A9B-112233445566\"]",
        meaning: "the GUIDs of the blocks that it is for. After `=>` comes what `probe` is told of one: \
                  `\"7A1B3C5D-0001-4E0F-8A9B-112233445566\" => Model::A`",
        default: "must be given",
        also: &["id_table", "id", "guid", "guids", "devices"],
    },
    driver::name_key("the driver's name, in `/sys/bus/wmi/drivers`"),
];

/// The bus.
static BUS: Bus = Bus {
    attribute: &ATTRIBUTE,
    drivers: Namespace {
        of: "WMI driver",
        help: "give them different names",
        is_tree: false,
    },
    data_example: "ids = [\"7A1B3C5D-0001-4E0F-8A9B-112233445566\" => Model::A]",
    wrong,
    name: "wmi",
    ty: "Wmi",
    row: "WmiId",
};

/// How many digits a GUID has between its signs.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// What an id breaks.
fn wrong(id: &str) -> Option<(&'static str, &'static str)> {
    let is_group = |(group, length): (&str, usize)| {
        group.len() == length
            && group
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte))
    };
    let is_guid = id.split('-').count() == GROUPS.len() && id.split('-').zip(GROUPS).all(is_group);
    (!is_guid).then_some((
        "a GUID is 32 hexadecimal digits, in capitals, with `-` after 8, 12, 16 and 20",
        "write it as `/sys/bus/wmi/devices` shows it: `\"7A1B3C5D-0001-4E0F-8A9B-112233445566\"`",
    ))
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    table: Some("WmiHandlers"),
    handlers: ALL,
    also: ALSO,
    ..driver::handlers("WmiDriver", "wmi_driver_handlers")
};

/// Its handlers.
const ALL: &[Handler] = &driver::with::<8>(&[Handler {
    name: "notify",
    caller: "a worker of ACPI's, when firmware tells of an event of the block",
    context: Context::Process,
    absent: "events are nobody's",
    otherwise: Otherwise::NullSlot,
}]);

/// What the handlers are called elsewhere.
const ALSO: &[(&str, &str)] = &[
    ("bind", "probe"),
    ("unbind", "remove"),
    ("event", "notify"),
    ("notified", "notify"),
    ("notify_new", "notify"),
    ("reboot", "shutdown"),
];
