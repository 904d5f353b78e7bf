// SPDX-License-Identifier: GPL-2.0-only
//! `#[hwmon(name = "…", channels(…))]`, and what is known of the trait `HwmonOps`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::class::{camel, class_field};
use super::hwmon_channels::{Channel, channels};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::tokens::{c_str, option};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "hwmon",
    also: &["sensor", "sensors", "hwmon_chip"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`hwmon_device_register_with_info()`",
        objects: "sensors",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"meter\"",
        meaning: "the chip's name, which its file `name` shows: `sensors` calls it so",
        default: "the field's name",
        also: &["chip"],
    },
    CHANNELS,
];

/// The key for what is measured.
const CHANNELS: Key = Key {
    name: "channels",
    example: "channels(temp(input, rw(max), label = \"CPU\"), fan(input))",
    meaning: "what the chip measures, a sensor each, with its files: those that are read, by `rw(…)` those that \
              are written, too, by `wo(…)` those that are written only, and its label",
    default: "must be given",
    also: &["sensors", "info", "config"],
};

/// What the kernel does not take in a chip's name: `hwmon_is_bad_char()`.
const BAD: [char; 2] = ['-', '*'];

/// A field under `#[hwmon]`.
struct Hwmon {
    /// `name`, or the field's.
    name: Text,
    channels: Vec<Channel>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let Some(entry) = args.take("channels") else {
        args.missing(&CHANNELS, errors);
        return None;
    };
    let channels = channels(&entry, errors);
    Some(Box::new(Hwmon { name, channels }))
}

impl Object for Hwmon {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        let before = errors.count();
        names::word("chip", &self.name, Folder::Nowhere, errors);
        if errors.count() == before && self.name.value.contains(BAD) {
            errors.at(
                self.name.span,
                "a chip's name has no `-` and no `*`",
                format!("write `\"{}\"`", self.name.value.replace(BAD, "_")),
            );
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = c_str(&self.name.value);
        let channels = self.channels.iter().map(|channel| {
            let sensor = format_ident!("{}", camel(channel.sensor), span = Span::call_site());
            let attrs = |names: &[&'static str]| {
                let attrs = names.iter().map(|name| {
                    let attr = format_ident!("{}", camel(name), span = Span::call_site());
                    quote!(#private::HwmonAttr::#attr)
                });
                quote!(&[#(#attrs),*])
            };
            let (readable, writable) = (attrs(&channel.readable), attrs(&channel.writable));
            let label = option(channel.label.as_ref().map(|label| c_str(&label.value)));
            quote! {
                #private::HwmonChannel::new(
                    #private::HwmonSensor::#sensor, #readable, #writable, #label,
                )
            }
        });
        let constants = quote! {
            const NAME: &'static ::core::ffi::CStr = #name;
            const CHANNELS: &'static [#private::HwmonChannel] = &[#(#channels),*];
        };
        class_field(site, "HwmonField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "HwmonOps",
    documented_as: "hwmon_handlers",
    table: Some("HwmonHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "is_visible",
            caller: "the chip's registration, for each file",
            context: Context::Process,
            absent: "all that is declared is there",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "read",
            caller: "`read(2)`",
            context: Context::Process,
            absent: "nothing but labels can be declared to be read",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "write",
            caller: "`write(2)` of a number",
            context: Context::Process,
            absent: "nothing can be declared to be written",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("visible", "is_visible"),
        ("get", "read"),
        ("set", "write"),
        ("read_string", "read"),
    ],
    not_ready_made: &[],
    why_shared: "several may read at once",
    rules: Rules::NONE,
};
