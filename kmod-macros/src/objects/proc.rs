// SPDX-License-Identifier: GPL-2.0-only
//! `#[proc(path = "folder/name", mode = 0o…)]`

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{File, InDevice, Licence, Object, ObjectAttribute, Site, kernel_file};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::capability::{self, AT_OPEN, Capability};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, item_at, option};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "proc",
    also: &["procfs", "proc_file", "proc_fs"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Any,
    reports_unshared: true,
    kept: Kept::Alone("Proc"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "path",
        example: "path = \"ticket/stats\"",
        meaning: "the path below `/proc`: a name, or a folder and a name; the folder is made by the \
                  module, unless it is the kernel's `driver`, `fs` or `bus`",
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

/// The files below `/proc`.
static FILES: Namespace = Namespace {
    of: "file of `/proc`",
    help: "give them different paths",
    is_tree: true,
};

/// The kernel's own folders in which modules may have files.
const FOLDERS: &[&str] = &["driver", "fs", "bus"];

/// A field under `#[proc]`.
struct Proc {
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
    Some(Box::new(Proc {
        path: path?,
        mode,
        capability,
    }))
}

impl Object for Proc {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        path(&self.path, errors);
        if let Some(mode) = &self.mode {
            kernel_file::mode("file of `/proc`", mode, errors);
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&FILES, &self.path)]
    }

    fn file(&self, site: &Site<'_>) -> Option<File> {
        Some(File {
            device: None,
            path: format!("/proc/{}", self.path.value),
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
        let path = &self.path.value;
        let (folder, name) = match path.split_once('/') {
            Some((folder, name)) if !FOLDERS.contains(&folder) => {
                (Some(c_str(&format!("/proc/{folder}"))), c_str(name))
            }
            _ => (None, c_str(path)),
        };
        let folder = option(folder);
        let path = c_str(&format!("/proc/{path}"));
        let mode = kernel_file::optional_mode(self.mode.as_ref());
        let capability = capability::constant(self.capability, private);
        let fits = kernel_file::fitting_mode(site, "text_mode", &mode);
        let field = item_at(*span, private, "ProcField");
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const PATH: &'static ::core::ffi::CStr = #path;
                const FOLDER: ::core::option::Option<&'static ::core::ffi::CStr> = #folder;
                const NAME: &'static ::core::ffi::CStr = #name;
                const MODE: ::core::option::Option<::core::primitive::u16> = #mode;
                #capability
            }
            #fits
        }
    }
}

/// One file in `/proc`, or in a folder there.
fn path(path: &Text, errors: &mut Errors) {
    let before = errors.count();
    if path.value.is_empty() {
        errors.at(
            path.span,
            "a file's path is not empty",
            "write `\"ticket/stats\"`",
        );
        return;
    }
    kernel_file::path("file", "/proc/", path, errors);
    if errors.count() > before {
        return;
    }
    let value = &path.value;
    let first = value.split('/').next().unwrap_or_default();
    let depth = value.split('/').count();
    let (rule, help) = if first == "sys" {
        (
            "what is below `/proc/sys` is a sysctl".to_owned(),
            "write `#[sysctl(path = …)]`".to_owned(),
        )
    } else if ["net", "self", "thread-self"].contains(&first) {
        (
            format!("`/proc/{first}` is another one for each process"),
            "take a folder of the module's own".to_owned(),
        )
    } else if first.bytes().all(|c| c.is_ascii_digit()) {
        (
            "a number in `/proc` is a process".to_owned(),
            "take a name with a letter in it".to_owned(),
        )
    } else if depth > 2 {
        let below = value.get(first.len() + 1..).unwrap_or_default();
        (
            "a path is a name, or a folder and a name".to_owned(),
            format!("write `\"{first}/{}\"`", below.replace('/', "-")),
        )
    } else {
        return;
    };
    errors.at(path.span, rule, help);
}
