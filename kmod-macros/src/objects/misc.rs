// SPDX-License-Identifier: GPL-2.0-only
//! `#[misc(name = "…", nodename = "…", mode = 0o…, minor = n)]`

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::device_node::{self, DEVICES, MODE, NODES, Nodes};
use super::{Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::{Kept, table};
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text};
use crate::tokens::c_str;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "misc",
    also: &["miscdev", "miscdevice", "misc_device"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: true,
    kept: Kept::Together(|_, members, private| table("Misc", members, private)),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the device's name, in `/proc/misc` and `/sys/class/misc`, and its node's in \
                  `/dev`",
        default: "the field's name",
        also: &["device", "dev"],
    },
    Key {
        name: "nodename",
        example: "nodename = \"ticket/control\"",
        meaning: "the path of the node below `/dev`",
        default: "the device's name",
        also: &["node", "path", "devnode"],
    },
    MODE,
    Key {
        name: "minor",
        example: "minor = 240",
        meaning: "the minor number",
        default: "one that is free",
        also: &["first_minor"],
    },
];

/// `MISC_DYNAMIC_MINOR`; from there on numbers are dynamic.
const DYNAMIC: u128 = 255;

/// Its node has no number.
const NODES_OF_ONE: Nodes = Nodes::Unnumbered(
    "a misc device is one device: its node has no number",
    "leave out the `{}`, or write `#[chrdev(…)]`",
);

/// A field under `#[misc]`.
struct Misc {
    /// `name`, or the field's.
    name: Text,
    nodename: Option<Text>,
    mode: Option<Number>,
    minor: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Misc {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        nodename: args.text("nodename", errors),
        mode: args.number("mode", errors),
        minor: args.number("minor", errors),
    }))
}

impl Object for Misc {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        // A file name in `/dev` and `/sys/class/misc`.
        names::file("device", &self.name, Folder::InNodename, errors);
        if let Some(nodename) = &self.nodename {
            device_node::path(nodename, &NODES_OF_ONE, errors);
        }
        if let Some(mode) = &self.mode {
            device_node::mode(mode, errors);
        }
        if let Some(number) = &self.minor {
            minor(number, errors);
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        let name = (&DEVICES, &self.name);
        let nodename = self.nodename.iter().map(|path| (&NODES, path));
        [name].into_iter().chain(nodename).collect()
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            ..
        } = site;
        let name = c_str(&self.name.value);
        let nodename = self.nodename.as_ref().map(|path| {
            let path = c_str(&path.value);
            quote! {
                const NODENAME: ::core::option::Option<&'static ::core::ffi::CStr> =
                    ::core::option::Option::Some(#path);
            }
        });
        let mode = device_node::mode_const(self.mode.as_ref());
        let minor = self.minor.as_ref().map(|minor| {
            let minor = Literal::u128_unsuffixed(minor.value);
            quote! {
                const MINOR: ::core::option::Option<::core::primitive::u8> =
                    ::core::option::Option::Some(#minor);
            }
        });
        let table = device_node::table(site);
        quote! {
            #table
            #(#cfgs)*
            impl #private::MiscField for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                #nodename
                #mode
                #minor
            }
        }
    }
}

/// A fixed number is one that the kernel does not give by itself.
fn minor(minor: &Number, errors: &mut Errors) {
    if minor.value < DYNAMIC {
        return;
    }
    let rule = if minor.value == DYNAMIC {
        format!("a minor number of {DYNAMIC} stands for one that is free")
    } else {
        format!("a misc device's fixed minor number is less than {DYNAMIC}")
    };
    errors.at(
        minor.span,
        rule,
        "leave the key out: the kernel finds one that is free",
    );
}
