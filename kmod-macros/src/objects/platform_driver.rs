// SPDX-License-Identifier: GPL-2.0-only
//! `#[platform_driver(name = "…", devices = n)]`, and what is known of the trait `PlatformDriver`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, driver};
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
        "the driver's name, in `/sys/bus/platform/drivers`: it is bound to the devices of this name",
    ),
    Key {
        name: "devices",
        example: "devices = 1",
        meaning: "how many devices of this name the module makes itself: `NAME`, or `NAME.0` and so \
                  on if there are several",
        default: "none",
        also: &["device", "count"],
    },
];

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
    devices: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(PlatformDriver {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        devices: args.number("devices", errors),
    }))
}

impl Object for PlatformDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("platform driver", &self.name, Folder::Nowhere, errors);
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
        let row = Ident::new("PlatformId", Span::call_site());
        let only = quote!([#private::#row]);
        let driver = driver::field(
            site,
            &self.name.value,
            "Platform",
            &row,
            &only,
            &[quote!(())],
        );
        let devices = self.devices.as_ref().map(|devices| {
            let devices = Literal::u128_unsuffixed(devices.value);
            quote!(const DEVICES: ::core::primitive::u32 = #devices;)
        });
        quote! {
            #driver
            #(#cfgs)*
            impl #private::PlatformField for #marker {
                #devices
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = driver::handlers(
    "PlatformDriver",
    "platform_driver_handlers",
    driver::WITHOUT_IDS,
);
