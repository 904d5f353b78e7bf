// SPDX-License-Identifier: GPL-2.0-only
//! `#[debugfs(path = "folder/name", mode = 0o…, capability = "CAP_…")]`

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::debugfs_path::{DebugfsPath, PATH};
use super::{File, InDevice, Licence, Object, ObjectAttribute, Site, kernel_file};
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
    PATH,
    Key {
        name: "mode",
        example: "mode = 0o644",
        meaning: "the file's mode",
        default: "`0o444`; of a type with a `write` handler, its owner may write, too",
        also: &["perm", "perms", "permissions"],
    },
    AT_OPEN,
];

/// A field under `#[debugfs]`.
struct Debugfs {
    path: DebugfsPath,
    mode: Option<Number>,
    capability: Option<Capability>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let path = DebugfsPath::parse(args, errors);
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
        self.path.check(field.kind, errors);
        if let Some(mode) = &self.mode {
            kernel_file::mode("file in debugfs", mode, errors);
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        self.path.names()
    }

    fn file(&self, site: &Site<'_>) -> Option<File> {
        Some(File {
            device: None,
            path: self.path.whole(),
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
        let path = self.path.expand(private);
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
