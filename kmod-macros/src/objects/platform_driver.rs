// SPDX-License-Identifier: GPL-2.0-only
//! `#[platform_driver(name = "…", ids = […], acpi = […], of = […], dmi = …, devices = n)]`, and what is known of the
//! trait `PlatformDriver`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ExprPath;
use syn::spanned::Spanned as _;

use super::text_ids::{self, Row};
use super::{InDevice, Licence, Object, ObjectAttribute, Site, acpi_driver, driver, ids};
use crate::errors::Errors;
use crate::handlers::HandlerTrait;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "platform_driver",
    also: &["platform", "platform_device"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`__platform_driver_register()`",
        objects: "platform drivers",
    },
    reports_unshared: true,
    kept: Kept::Alone("PlatformObject"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    driver::name_key(
        "the driver's name, in `/sys/bus/platform/drivers`: without `ids`, it is bound to the devices of this name",
    ),
    Key {
        name: "ids",
        example: "ids = [\"acme-fan\"]",
        meaning: "the names of the devices that it is for. After `=>` comes what `probe` is told of one: \
                  `\"acme-fan\" => Model::First`, here and in the next two",
        default: "the driver's name",
        also: &["id_table", "id", "names"],
    },
    Key {
        name: "acpi",
        example: "acpi = [\"ABCD0001\"]",
        meaning: "the ids of devices that ACPI tells of: `_HID` and `_CID` of firmware",
        default: "none",
        also: &["acpi_match_table", "hid"],
    },
    Key {
        name: "of",
        example: "of = [\"acme,fan\"]",
        meaning: "what the devices that a device tree tells of are compatible with",
        default: "none",
        also: &["of_match_table", "compatible", "device_tree", "dt"],
    },
    Key {
        name: "dmi",
        example: "dmi = MODELS",
        meaning: "a `dmi_table!` of the machines that it is for: on others the module does not load (`ENODEV`)",
        default: "it is for all",
        also: &["dmi_table", "dmi_system_id", "machines"],
    },
    Key {
        name: "devices",
        example: "devices = 1",
        meaning: "how many devices of this name the module makes itself: `NAME`, or `NAME.0` and so \
                  on if there are several",
        default: "none",
        also: &["device", "count"],
    },
];

/// The kernel's `PLATFORM_NAME_SIZE`, with the NUL.
const NAME_SIZE: usize = 20;

/// The bytes of `compatible` in the kernel's `struct of_device_id`, with the NUL.
const COMPATIBLE_SIZE: usize = 128;

/// As many as anybody needs; each takes some kilobytes.
const DEVICES_MAX: u128 = 256;

/// The names of drivers.
static DRIVERS: Namespace = Namespace {
    of: "platform driver",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[platform_driver]`.
struct PlatformDriver {
    /// `name`, or the field's.
    name: Text,
    ids: Option<Vec<Row>>,
    acpi: Vec<Row>,
    of: Vec<Row>,
    dmi: Option<ExprPath>,
    devices: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(PlatformDriver {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        ids: text_ids::parse(args, "ids", "ids = [\"acme-fan\" => Model::First]", errors),
        acpi: text_ids::parse(
            args,
            "acpi",
            "acpi = [\"ABCD0001\" => Model::First]",
            errors,
        )
        .unwrap_or_default(),
        of: text_ids::parse(args, "of", "of = [\"acme,fan\" => Model::First]", errors)
            .unwrap_or_default(),
        dmi: args.path("dmi", "the name of a `dmi_table!`", errors),
        devices: args.number("devices", errors),
    }))
}

/// What a name of a device breaks.
fn wrong_name(id: &str) -> Option<(&'static str, &'static str)> {
    (!is_id(id, NAME_SIZE)).then_some((
        "the name of a platform device has 1 to 19 letters, digits and signs, without `*`",
        "write it as `/sys/bus/platform/devices` shows it, without the number",
    ))
}

/// What a word of a device tree breaks.
fn wrong_compatible(id: &str) -> Option<(&'static str, &'static str)> {
    (!is_id(id, COMPATIBLE_SIZE)).then_some((
        "what a device is compatible with has 1 to 127 letters, digits and signs, without `*`",
        "write it as the device tree does: `\"acme,fan\"`",
    ))
}

/// Whether it is of signs that stand for themselves in an alias, and has room for a NUL in so many bytes.
fn is_id(id: &str, size: usize) -> bool {
    (1..size).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'*' | b'?' | b'['))
}

impl PlatformDriver {
    /// All rows, in the order of their numbers.
    fn rows(&self) -> impl Iterator<Item = &Row> + Clone {
        let names = self.ids.iter().flatten();
        names.chain(&self.acpi).chain(&self.of)
    }

    /// Whether something is said of an id.
    fn has_data(&self) -> bool {
        self.rows().any(|row| row.data.is_some())
    }

    /// Holds that the driver is for the devices that its module makes.
    fn check_own(&self, devices: &Number, errors: &mut Errors) {
        let name = &self.name.value;
        let finds = match &self.ids {
            Some(names) => names.iter().any(|row| row.id.value == *name),
            None => !self.has_data(),
        };
        if !finds {
            errors.at(
                devices.span,
                format!("the devices that the module makes are called `{name}`, which no id is"),
                format!("add `{name:?}` to `ids`, or leave `devices` out"),
            );
        }
    }
}

impl Object for PlatformDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("platform driver", &self.name, Folder::Nowhere, errors);
        text_ids::check(self.ids.as_deref().unwrap_or_default(), wrong_name, errors);
        text_ids::check(&self.acpi, acpi_driver::wrong, errors);
        text_ids::check(&self.of, wrong_compatible, errors);
        let data = self.rows().map(|row| (row.id.span, row.data.is_some()));
        ids::check_data(data, errors);
        if let Some(devices) = &self.devices {
            self.check_own(devices, errors);
        }
        if let Some(devices) = &self.devices
            && devices.value > DEVICES_MAX
        {
            errors.at(
                devices.span,
                format!("a module makes at most {DEVICES_MAX} devices"),
                format!("write `devices = {DEVICES_MAX}` or less"),
            );
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&DRIVERS, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            ..
        } = site;
        let names = self.ids.as_deref().unwrap_or_default();
        let mut first = 0;
        let tables = [
            ("platform", "PlatformId", names),
            ("acpi", "AcpiId", &self.acpi),
            ("of", "OfId", &self.of),
        ]
        .map(|(bus, row, rows)| {
            if rows.is_empty() {
                return (quote!(&[]), TokenStream::new());
            }
            let row = Ident::new(row, Span::call_site());
            let (name, statics) = ids::table(bus, site, &row, &text_ids::rows(rows), first);
            first += rows.len();
            (quote!(&#name::IDS), statics)
        });
        let [(names, _), (acpi, _), (of, _)] = &tables;
        let statics = tables.iter().map(|(_, statics)| statics);
        let row = Ident::new("PlatformIds", Span::call_site());
        // What is in no table has the number of the first row, which says nothing.
        let others = !self.has_data();
        let only = quote!([#private::#row::new(#names, #acpi, #of, #others)]);
        let mut data = ids::data(self.rows().map(|row| &row.data));
        if data.is_empty() {
            data.push(quote!(()));
        }
        let driver = driver::field(site, &self.name.value, "Platform", &row, &only, &data);
        let machine = self.dmi.as_ref().map(|table| {
            let table = quote_spanned!(table.span()=> &#table);
            quote! {
                fn is_machine() -> ::core::primitive::bool {
                    #private::is_machine(#table)
                }
            }
        });
        let devices = self.devices.as_ref().map(|devices| {
            let devices = Literal::u128_unsuffixed(devices.value);
            quote!(const DEVICES: ::core::primitive::u32 = #devices;)
        });
        quote! {
            #(#statics)*
            #driver
            #(#cfgs)*
            impl #private::PlatformField for #marker {
                #devices
                #machine
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = driver::handlers("PlatformDriver", "platform_driver_handlers");
