// SPDX-License-Identifier: GPL-2.0-only
//! `#[misc(name = "…", nodename = "…", mode = 0o…, minor = n)]`

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::device_node::{self, DEVICES, MODE, NODES, Nodes};
use super::kernel_file::{INDEX, numbered};
use super::{ClassDevice, File, InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::{Kept, table};
use crate::instance::{Field, Kind};
use crate::rules::capability::{AT_OPEN, Capability};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, octal};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "misc",
    also: &["miscdev", "miscdevice", "misc_device"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: true,
    kept: Kept::Together(|_, members, private| {
        let ty = match members.iter().any(|member| member.has_files) {
            true => "FiledMisc",
            false => "Misc",
        };
        table(ty, members, private)
    }),
    in_device: InDevice::Row("DeviceMisc"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the device's name, in `/proc/misc` and `/sys/class/misc`, and its node's in \
                  `/dev`; in a `#[device]`, `{index}` stands for the device's number",
        default: "the field's name; in a `#[device]`, its number behind it",
        also: &["device", "dev"],
    },
    Key {
        name: "nodename",
        example: "nodename = \"ticket/control\"",
        meaning: "the path of the node below `/dev`; in a `#[device]`, with `{index}`",
        default: "the device's name",
        also: &["node", "path", "devnode"],
    },
    MODE,
    AT_OPEN,
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
    /// It is `name`.
    is_named: bool,
    nodename: Option<Text>,
    mode: Option<Number>,
    capability: Option<Capability>,
    minor: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors);
    Some(Box::new(Misc {
        is_named: name.is_some(),
        name: name.unwrap_or_else(|| name_of(field)),
        nodename: args.text("nodename", errors),
        mode: args.number("mode", errors),
        capability: args.capability(errors),
        minor: args.number("minor", errors),
    }))
}

impl Object for Misc {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        let plain = |text: &Text| match field.kind {
            Kind::Module => text.clone(),
            Kind::Device | Kind::PerOpen => Text {
                value: text.value.replacen(INDEX, "0", 1),
                span: text.span,
            },
        };
        let texts = [Some(&self.name), self.nodename.as_ref()];
        let mut numbered = texts
            .into_iter()
            .flatten()
            .filter(|text| text.value.contains(INDEX));
        if let (Kind::Module, Some(text)) = (field.kind, numbered.next()) {
            errors.at(
                text.span,
                format!("a module has one such device: there is no `{INDEX}`"),
                format!("leave `{INDEX}` out, or put the field into a struct under `#[device]`"),
            );
        }
        // A file name in `/dev` and `/sys/class/misc`.
        names::file("device", &plain(&self.name), Folder::InNodename, errors);
        if let Some(nodename) = &self.nodename {
            device_node::path(&plain(nodename), &NODES_OF_ONE, errors);
        }
        if let (Kind::Device, Some(minor)) = (field.kind, &self.minor) {
            errors.at(
                minor.span,
                "there are several devices, and a minor number is one's",
                "leave the key out: the kernel finds one that is free",
            );
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

    fn class_device(&self, kind: Kind) -> Option<ClassDevice> {
        Some(ClassDevice::One("misc".to_owned(), self.name_in(kind)))
    }

    fn file(&self, site: &Site<'_>) -> Option<File> {
        let name = self.name_in(site.kind);
        let node = self.nodename.as_ref().map_or(&name, |path| &path.value);
        Some(File {
            path: format!("/dev/{node}"),
            device: Some(("misc".to_owned(), name)),
            mode: octal(self.mode.as_ref(), 0),
        })
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            ..
        } = site;
        if site.kind == Kind::Device {
            return self.in_device(site);
        }
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
        let table = device_node::table(site, self.capability);
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

impl Misc {
    /// Its device's name, or how those of all are made.
    fn name_in(&self, kind: Kind) -> String {
        match kind {
            Kind::Device if !self.is_named => format!("{}{INDEX}", self.name.value),
            _ => self.name.value.clone(),
        }
    }

    /// What its attribute stands for on a device's field: a name for each.
    fn in_device(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            ..
        } = site;
        let otherwise = (!self.is_named).then_some("");
        let name = numbered(&self.name.value, otherwise, private);
        let nodename = self.nodename.as_ref().map(|path| {
            let path = numbered(&path.value, None, private);
            quote! {
                const NODENAME: ::core::option::Option<#private::NodeName> =
                    ::core::option::Option::Some(#path);
            }
        });
        let mode = device_node::mode_const(self.mode.as_ref());
        let table = device_node::table(site, self.capability);
        quote! {
            #table
            #(#cfgs)*
            impl #private::DeviceMiscField for #marker {
                const NAME: #private::NodeName = #name;
                #nodename
                #mode
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
