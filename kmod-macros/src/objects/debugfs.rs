// SPDX-License-Identifier: GPL-2.0-only
//! `#[debugfs(path = "folder/name", mode = 0o…, capability = "CAP_…")]`

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::kernel_file::{self, INDEX};
use super::{File, InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::capability::{self, AT_OPEN, Capability};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "debugfs",
    also: &["debug_fs", "debugfs_file"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`debugfs_create_file()`",
        objects: "files in debugfs",
    },
    reports_unshared: true,
    kept: Kept::Alone("Debugfs"),
    in_device: InDevice::Of("Debugfs"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "path",
        example: "path = \"ticket/stats\"",
        meaning: "the path in debugfs, below `/sys/kernel/debug`: a name, with folders before it, which \
                  the module makes; in a `#[device]`, `{index}` stands for the device's number",
        default: "must be given",
        also: &["name", "file"],
    },
    Key {
        name: "mode",
        example: "mode = 0o644",
        meaning: "the file's mode",
        default: "`0o444`; of a type with a `write` handler, its owner may write, too",
        also: &["perm", "perms", "permissions"],
    },
    AT_OPEN,
];

/// The files in debugfs.
static FILES: Namespace = Namespace {
    of: "file in debugfs",
    help: "give them different paths",
    is_tree: true,
};

/// A field under `#[debugfs]`.
struct Debugfs {
    path: Text,
    mode: Option<Number>,
    capability: Option<Capability>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let path = args.text("path", errors);
    if path.is_none() {
        args.missing(&KEYS[0], errors);
    }
    let mode = args.number("mode", errors);
    let capability = args.capability(errors);
    Some(Box::new(Debugfs {
        path: path?,
        mode,
        capability,
    }))
}

impl Object for Debugfs {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        if self.path.value.is_empty() {
            errors.at(
                self.path.span,
                "a file's path is not empty",
                "write `\"ticket/stats\"`",
            );
        } else {
            kernel_file::path("file", "/sys/kernel/debug/", &self.path, errors);
            index(&self.path, field.kind, errors);
        }
        if let Some(mode) = &self.mode {
            kernel_file::mode("file in debugfs", mode, errors);
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&FILES, &self.path)]
    }

    fn file(&self, site: &Site<'_>) -> Option<File> {
        Some(File {
            device: None,
            path: format!("/sys/kernel/debug/{}", self.path.value),
            mode: kernel_file::told_mode(site, "told_text_mode", self.mode.as_ref()),
        })
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let path = kernel_file::numbered(&self.path.value, None, private);
        let mode = kernel_file::optional_mode(self.mode.as_ref());
        let capability = capability::constant(self.capability, private);
        let fits = kernel_file::fitting_mode(site, "text_mode", &mode);
        let field = item_at(*span, private, "DebugfsField");
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const PATH: #private::NodeName = #path;
                const MODE: ::core::option::Option<::core::primitive::u16> = #mode;
                #capability
            }
            #fits
        }
    }
}

/// The number of a device is in its file's path, once; a module has none.
fn index(path: &Text, kind: Kind, errors: &mut Errors) {
    let (rule, help) = match (kind, path.value.matches(INDEX).count()) {
        (Kind::Module, 0) | (Kind::Device, 1) | (Kind::PerOpen, _) => return,
        (Kind::Module, _) => (
            format!("a module has one such file: there is no `{INDEX}`"),
            format!("leave `{INDEX}` out, or put the field into a struct under `#[device]`"),
        ),
        (Kind::Device, 0) => {
            let (folders, name) = path.value.rsplit_once('/').unwrap_or(("", &path.value));
            let path = format!("{folders}/{INDEX}/{name}");
            let path = path.trim_start_matches('/');
            (
                "there are several devices, and a path is one file's".to_owned(),
                format!("write `\"{path}\"`: `{INDEX}` stands for the device's number"),
            )
        }
        (Kind::Device, _) => (
            "a file's path has the device's number once".to_owned(),
            format!("write `{INDEX}` once"),
        ),
    };
    errors.at(path.span, rule, help);
}
