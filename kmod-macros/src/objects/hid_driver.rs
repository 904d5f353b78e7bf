// SPDX-License-Identifier: GPL-2.0-only
//! `#[hid_driver(name = "…", ids = […], connect(…), open)]`, and what is known of the trait `HidDriver`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::driver::Table;
use super::hid_ids::{self, Row};
use super::input;
use super::input_codes::codes;
use super::words::{Given, Words};
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
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "hid_driver",
    also: &["hid", "hid_device", "uhid"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`__hid_register_driver()`",
        objects: "HID drivers",
    },
    reports_unshared: true,
    kept: Kept::Alone("HidBusDriver"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "ids",
        example: "ids = [(BUS_USB, 0x1234, 0x5678)]",
        meaning: "the devices that it is for: bus, vendor and product; `_` is any bus or product. After `=>` \
                  comes what `probe` is told of it: `(BUS_USB, 0x1234, 0x5678) => Model::A`",
        default: "must be given",
        also: &["id_table", "id", "devices"],
    },
    driver::name_key("the driver's name, in `/sys/bus/hid/drivers`"),
    Key {
        name: "connect",
        example: "connect(hidinput, hidraw)",
        meaning: "who reads a device: `hidinput` (input devices), `hidraw`, `hiddev`, `ff` (force feedback), and \
                  `driver` (this one, if it has `event` and nobody else reads); C's `HID_CONNECT_…`",
        default: "all but `driver`, C's `HID_CONNECT_DEFAULT`",
        also: &["connect_mask"],
    },
    Key {
        name: "open",
        example: "open = true",
        meaning: "a device is on, and reports, even while nobody reads it: `hid_hw_open()`",
        default: "it is on while somebody reads it",
        also: &["hid_hw_open", "always_open"],
    },
    Key {
        name: "force_feedback",
        example: "force_feedback(FF_RUMBLE)",
        meaning: "the kinds of effects that `play_effect` is told of: `FF_RUMBLE`, `FF_CONSTANT`; the first of a \
                  device's input devices takes them",
        default: "what the kernel makes of the descriptor",
        also: &["effects", "rumble", "motors"],
    },
];

/// Who can read a device.
const READERS: Words = Words {
    key: "connect",
    one: "reader",
    of: "reader of HID devices",
    known: &["hidinput", "hidraw", "hiddev", "ff", "driver"],
    also: &[
        ("input", "hidinput"),
        ("raw", "hidraw"),
        ("force_feedback", "ff"),
    ],
};

/// The names of drivers.
static DRIVERS: Namespace = Namespace {
    of: "HID driver",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[hid_driver]`.
struct HidDriver {
    /// `name`, or the field's.
    name: Text,
    ids: Vec<Row>,
    /// Who reads a device; none for what C's default is.
    connect: Option<Given>,
    open: bool,
    force_feedback: Vec<Ident>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let ids = hid_ids::parse(args, errors);
    if ids.is_none() {
        args.missing(&KEYS[0], errors);
    }
    Some(Box::new(HidDriver {
        name,
        connect: READERS.parse(args, errors),
        open: args.truth("open", errors) == Some(true),
        force_feedback: codes(args, "force_feedback", &["FF_"], errors),
        ids: ids?,
    }))
}

impl Object for HidDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("HID driver", &self.name, Folder::Nowhere, errors);
        hid_ids::check(&self.ids, errors);
        input::check_effects(&self.force_feedback, errors);
        if let Some(Given { words, span, .. }) = &self.connect
            && !self.force_feedback.is_empty()
        {
            if words.contains(&"ff") {
                errors.at(
                    *span,
                    "the kernel's own force feedback would take the place of the driver's",
                    "leave `ff` out of `connect`, or `force_feedback` away",
                );
            }
            if !words.contains(&"hidinput") {
                errors.at(
                    *span,
                    "effects are played by an input device, and there is none",
                    "add `hidinput` to `connect`",
                );
            }
        }
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
            bus: "hid",
            bus_type: "Hid",
            row: "HidId",
            rows: rows.collect(),
            data: ids::data(self.ids.iter().map(|row| &row.data)),
        };
        let driver = driver::expand(site, &self.name.value, table);
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "HidDriverField");
        let connect = self.connect.as_ref().map(|given| {
            let connect = &given.words;
            quote!(const CONNECT: ::core::ffi::c_uint = #private::hid_connect(&[#(#connect),*]);)
        });
        let effects = &self.force_feedback;
        let effects = (!effects.is_empty())
            .then(|| input::list(private, "FORCE_FEEDBACK", "ForceFeedback", effects));
        let open = self.open.then(|| {
            quote!(
                const OPEN: ::core::primitive::bool = true;
            )
        });
        quote! {
            #driver
            #(#cfgs)*
            impl #field for #marker {
                #connect
                #open
                #effects
            }
        }
    }
}

/// A handler that HID drivers have besides those of all drivers.
const fn more(
    name: &'static str,
    caller: &'static str,
    context: Context,
    absent: &'static str,
) -> Handler {
    Handler {
        name,
        caller,
        context,
        absent,
        otherwise: Otherwise::NullSlot,
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    table: Some("HidHandlers"),
    handlers: ALL,
    also: ALSO,
    ..driver::handlers("HidDriver", "hid_driver_handlers")
};

/// Its handlers.
const ALL: &[Handler] = &driver::with::<12>(&[
    more(
        "report_fixup",
        "the HID core, before it reads a device's descriptor, and before `probe`",
        Context::Process,
        "the device's own descriptor",
    ),
    more(
        "input_mapping",
        "the HID core, for each control of a device that it makes input devices for",
        Context::Process,
        "what the kernel takes a control for",
    ),
    more(
        "raw_event",
        "the HID core, for each report that comes",
        Context::Atomic,
        "reports go on as they come",
    ),
    more(
        "event",
        "the HID core, for each control that a report tells of",
        Context::Atomic,
        "events go on as they come",
    ),
    more(
        "play_effect",
        "who has an input device play an effect, the kernel's timer when one ends, and the device's end",
        Context::Atomic,
        "`force_feedback` must not be there",
    ),
]);

/// What the handlers are called elsewhere.
const ALSO: &[(&str, &str)] = &[
    ("bind", "probe"),
    ("unbind", "remove"),
    ("disconnect", "remove"),
    ("report", "raw_event"),
    ("raw_report", "raw_event"),
    ("rdesc_fixup", "report_fixup"),
    ("fixup", "report_fixup"),
    ("mapping", "input_mapping"),
    ("input_mapped", "input_mapping"),
    ("play", "play_effect"),
    ("rumble", "play_effect"),
    ("reboot", "shutdown"),
    ("reset_resume", "resume"),
];
