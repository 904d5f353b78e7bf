// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev(name = "…", nodename = "…", class = "…", mode = 0o…, major = n, …)]`

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::device_node::{self, DEVICES, MODE, NODES, Nodes};
use super::device_numbers::{self, FIRST_MINOR, MAJOR, MINORS, Numbers};
use super::kernel_file::INDEX;
use super::{ClassDevice, File, InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::params::Param;
use crate::rules::capability::{AT_OPEN, Capability};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, octal, option};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "chrdev",
    also: &["cdev", "char_device"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`class_create()` and `device_create()`",
        objects: "the devices",
    },
    reports_unshared: true,
    kept: Kept::Beside("Chrdev", |devices| {
        match devices.iter().any(|device| device.object.is_counted()) {
            true => "CountedChrdev",
            false => "FixedChrdev",
        }
    }),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the device's name, and its node's in `/dev`; with several minors, their number \
                  from 0 on follows it",
        default: "the field's name",
        also: &["device", "dev"],
    },
    Key {
        name: "nodename",
        example: "nodename = \"ticket/{}\"",
        meaning: "the path of the node below `/dev`; `{}` stands for the number",
        default: "the device's name",
        also: &["node", "path", "devnode"],
    },
    Key {
        name: "class",
        example: "class = \"tickets\"",
        meaning: "the class in `/sys/class`; devices of one module can share it",
        default: "`name`",
        also: &[],
    },
    MODE,
    AT_OPEN,
    MAJOR,
    FIRST_MINOR,
    MINORS,
];

/// A field under `#[chrdev]`.
struct Chrdev {
    /// `name`, or the field's.
    name: Text,
    nodename: Option<Text>,
    class: Option<Text>,
    mode: Option<Number>,
    capability: Option<Capability>,
    numbers: Numbers,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Chrdev {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        nodename: args.text("nodename", errors),
        class: args.text("class", errors),
        mode: args.number("mode", errors),
        capability: args.capability(errors),
        numbers: Numbers::parse(args, errors),
    }))
}

impl Object for Chrdev {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        device_numbers::name(&self.name, Folder::InNodename, errors);
        if let Some(class) = &self.class {
            names::file("class", class, Folder::Nowhere, errors);
        }
        if let Some(nodename) = &self.nodename {
            let nodes = match self.numbers.several() {
                true => Nodes::Several,
                false => Nodes::One,
            };
            device_node::path(nodename, &nodes, errors);
        }
        if let Some(mode) = &self.mode {
            device_node::mode(mode, errors);
        }
        self.numbers.check(errors);
    }

    fn check_params(&self, params: &[Param], errors: &mut Errors) {
        self.numbers.check_params(params, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        let name = (&DEVICES, &self.name);
        let nodename = self.nodename.iter().map(|path| (&NODES, path));
        [name].into_iter().chain(nodename).collect()
    }

    fn is_counted(&self) -> bool {
        self.numbers.counted()
    }

    /// Its class.
    fn group(&self) -> &str {
        &self.class.as_ref().unwrap_or(&self.name).value
    }

    fn class_device(&self, _kind: Kind) -> Option<ClassDevice> {
        Some(match self.numbers.several() {
            true => ClassDevice::Several,
            false => ClassDevice::One(self.group().to_owned(), self.name.value.clone()),
        })
    }

    fn file(&self, _site: &Site<'_>) -> Option<File> {
        let name = match self.numbers.several() {
            true => format!("{}{INDEX}", self.name.value),
            false => self.name.value.clone(),
        };
        let node = match &self.nodename {
            Some(path) => path.value.replace("{}", INDEX),
            None => name.clone(),
        };
        Some(File {
            path: format!("/dev/{node}"),
            device: Some((self.group().to_owned(), name)),
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
        let name = c_str(&self.name.value);
        let class = c_str(self.group());
        let shared = (site.in_group > 1).then(|| {
            quote!(
                const SHARES_CLASS: ::core::primitive::bool = true;
            )
        });
        let node = self.nodename.as_ref().map(|path| {
            let (before, after) = match path.value.split_once("{}") {
                None => (&*path.value, None),
                Some((before, after)) => (before, Some(after)),
            };
            let (before, after) = (c_str(before), option(after.map(c_str)));
            quote! {
                const NODENAME: ::core::option::Option<#private::NodeName> =
                    ::core::option::Option::Some(#private::NodeName {
                        before: #before,
                        after: #after,
                    });
            }
        });
        let mode = device_node::mode_const(self.mode.as_ref());
        let numbers = self.numbers.expand(private);
        let table = device_node::table(site, self.capability);
        let numbered = self.numbers.counted().then(|| {
            quote!(
                const NUMBERED: ::core::primitive::bool = true;
            )
        });
        quote! {
            #table
            #(#cfgs)*
            impl #private::ChrdevField for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                const CLASS: &'static ::core::ffi::CStr = #class;
                #shared
                #node
                #mode
                #numbers
                #numbered
            }
        }
    }
}
