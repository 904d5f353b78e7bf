// SPDX-License-Identifier: GPL-2.0-only
//! `#[iio(name = "…", channels(…))]`, and what is known of the trait `IioOps`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::class::{camel, class_field};
use super::iio_channels::{Channel, SHARED, channels};
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
    name: "iio",
    also: &["iio_device", "iio_dev", "adc", "dac"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"bh1750\"",
        meaning: "the device's name, which its file `name` shows: that of the chip",
        default: "the field's name",
        also: &["device", "chip"],
    },
    CHANNELS,
];

/// The key for what is measured.
const CHANNELS: Key = Key {
    name: "channels",
    example: "channels(illuminance(raw, scale), accel(modifier = x, raw, shared_by_type(scale)))",
    meaning: "the channels, each by its type, with its files, and those that it shares",
    default: "must be given",
    also: &["chan_spec", "sensors", "info"],
};

/// What a device with a buffer asks of the module's licence.
static WITH_BUFFER: Licence = Licence::Gpl {
    exports: "`iio_push_to_buffers`",
    objects: "`scan`",
};

/// A field under `#[iio]`.
struct Iio {
    /// `name`, or the field's.
    name: Text,
    channels: Vec<Channel>,
    /// Whether the time is the last of them.
    timestamp: bool,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let Some(entry) = args.take("channels") else {
        args.missing(&CHANNELS, errors);
        return None;
    };
    let (channels, timestamp) = channels(&entry, errors);
    Some(Box::new(Iio {
        name,
        channels,
        timestamp,
    }))
}

impl Object for Iio {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn licence(&self) -> &'static Licence {
        if self.channels.iter().any(|channel| channel.scan.is_some()) {
            &WITH_BUFFER
        } else {
            &ATTRIBUTE.licence
        }
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::word("device", &self.name, Folder::Nowhere, errors);
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = c_str(&self.name.value);
        let channels = (0u32..).zip(&self.channels).map(|(place, channel)| {
            let variant = |name: &str| format_ident!("{}", camel(name), span = Span::call_site());
            let channel_type = variant(channel.channel_type);
            let address = channel.address.unwrap_or(place);
            let modifier = channel.modifier.map(|modifier| {
                let modifier = variant(modifier);
                quote!(.modifier(#private::IioModifier::#modifier))
            });
            let index = channel.index.map(|index| quote!(.index(#index)));
            let differential = channel.differential.map(|of| quote!(.differential(#of)));
            let output = channel.output.then(|| quote!(.output()));
            let label = channel.label.as_ref().map(|label| {
                let label = c_str(&label.value);
                quote!(.label(#label))
            });
            let scan = channel.scan.as_ref().map(|scan| {
                let (signed, real, storage, shift) =
                    (scan.signed, scan.real, scan.storage, scan.shift);
                let big = option(scan.big_endian);
                quote! {
                    .scan(#private::IioScanType {
                        signed: #signed,
                        real_bits: #real,
                        storage_bits: #storage,
                        shift: #shift,
                        big_endian: #big,
                    })
                }
            });
            let files = channel
                .files
                .iter()
                .enumerate()
                .filter_map(|(shared, files)| {
                    let infos = |names: &[&'static str]| {
                        let infos = names.iter().map(|name| {
                            let info = variant(name);
                            quote!(#private::IioInfo::#info)
                        });
                        quote!(&[#(#infos),*])
                    };
                    let (known, available) = (infos(&files.infos), infos(&files.available));
                    (!files.is_empty()).then(|| quote!(.with(#shared, #known, #available)))
                });
            quote! {
                #private::IioSpec::new(#private::IioType::#channel_type, #address)
                    #modifier #index #differential #output #label #scan #(#files)*
            }
        });
        let variant = |name: &str| format_ident!("{}", camel(name), span = Span::call_site());
        let events = (0u32..).zip(&self.channels).flat_map(|(place, channel)| {
            channel.events.iter().map(move |event| {
                let (kind, direction) = (variant(event.event_type), variant(event.direction));
                let infos = event.infos.iter().enumerate();
                let infos = infos.filter(|(_, infos)| !infos.is_empty());
                let infos = infos.map(|(shared, infos)| {
                    let infos = infos.iter().map(|info| {
                        let info = variant(info);
                        quote!(#private::IioEventInfo::#info)
                    });
                    quote!(.with(#shared, &[#(#infos),*]))
                });
                quote! {
                    #private::IioEventSpec::new(#place, #private::IioEvent::new(
                        #private::IioEventType::#kind,
                        #private::IioEventDirection::#direction,
                    )) #(#infos)*
                }
            })
        });
        let events: Vec<TokenStream> = events.collect();
        let events = (!events.is_empty())
            .then(|| quote!(const EVENTS: &'static [#private::IioEventSpec] = &[#(#events),*];));
        let timestamp = self.timestamp.then(|| {
            quote!(
                const TIMESTAMP: bool = true;
            )
        });
        let constants = quote! {
            const NAME: &'static ::core::ffi::CStr = #name;
            const CHANNELS: &'static [#private::IioSpec] = &[#(#channels),*];
            #events
            #timestamp
        };
        class_field(site, "IioField", &constants)
    }
}

const _: () = assert!(SHARED.len() == 3, "the kernel has three ways of sharing");

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "IioOps",
    documented_as: "iio_handlers",
    table: Some("IioHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "read_raw",
            caller: "`read(2)`, or another driver that reads the channel",
            context: Context::Process,
            absent: "does not build",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "write_raw",
            caller: "`write(2)`, or another driver that sets the channel",
            context: Context::Process,
            absent: "`EINVAL`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "write_raw_get_fmt",
            caller: "`write(2)`, before `write_raw`",
            context: Context::Process,
            absent: "a decimal, down to millionths",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "read_avail",
            caller: "`read(2)` of a file `…_available`",
            context: Context::Process,
            absent: "nothing can be declared `available(…)`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "read_event_config",
            caller: "`read(2)` of an event's file `…_en`",
            context: Context::Process,
            absent: "no event has a file `en`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "write_event_config",
            caller: "`write(2)` of it",
            context: Context::Process,
            absent: "no event has a file `en`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "read_event_value",
            caller: "`read(2)` of an event's other files",
            context: Context::Process,
            absent: "no event has other files",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "write_event_value",
            caller: "`write(2)` of these",
            context: Context::Process,
            absent: "`EINVAL`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "trigger_handler",
            caller: "the trigger, while the buffer is on",
            context: Context::Process,
            absent: "`read_raw` is called for each channel that is on",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "preenable",
            caller: "`write(2)` of `buffer/enable`, before the buffer is on",
            context: Context::Process,
            absent: "nothing is done",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "postdisable",
            caller: "`write(2)` of it, or the device that goes, after the buffer was on",
            context: Context::Process,
            absent: "nothing is done",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("read", "read_raw"),
        ("get", "read_raw"),
        ("write", "write_raw"),
        ("set", "write_raw"),
        ("read_available", "read_avail"),
        ("write_raw_get_format", "write_raw_get_fmt"),
        ("trigger", "trigger_handler"),
        ("scan", "trigger_handler"),
    ],
    not_ready_made: &[],
    why_shared: "several may read at once",
    rules: Rules::NONE,
};
