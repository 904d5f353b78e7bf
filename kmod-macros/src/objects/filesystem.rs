// SPDX-License-Identifier: GPL-2.0-only
//! `#[filesystem(name = "…", magic = 0x…)]`

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, item_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "filesystem",
    also: &["file_system"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("Filesystem"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"notesfs\"",
        meaning: "the type for `mount -t`",
        default: "the field's name",
        also: &["type", "fs"],
    },
    Key {
        name: "magic",
        example: "magic = 0x6e6f7465",
        meaning: "the magic number that `statfs(2)` gives",
        default: "`0x6b6d6f64`",
        also: &["s_magic"],
    },
];

/// The magic number of a file system whose attribute names none: "kmod".
const MAGIC: u128 = 0x6b6d_6f64;

/// The types that `mount -t` knows.
static FILESYSTEMS: Namespace = Namespace {
    of: "file system",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[filesystem]`.
struct Filesystem {
    /// `name`, or the field's.
    name: Text,
    magic: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Filesystem {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        magic: args.number("magic", errors),
    }))
}

impl Object for Filesystem {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        name(&self.name, errors);
        if let Some(magic) = &self.magic
            && magic.value > u32::MAX.into()
        {
            errors.at(
                magic.span,
                "a magic number has 32 bits",
                format!("write `magic = {:#x}`", magic.value & u128::from(u32::MAX)),
            );
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&FILESYSTEMS, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "FilesystemField");
        let name = c_str(&self.name.value);
        let magic = self.magic.as_ref().map_or(MAGIC, |magic| magic.value);
        let magic: TokenStream = format!("{magic:#x}").parse().unwrap_or_default();
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                const MAGIC: ::core::primitive::u32 = #magic;
            }
        }
    }
}

/// A word in `/proc/filesystems` and `/proc/mounts`.
fn name(name: &Text, errors: &mut Errors) {
    let before = errors.count();
    names::word("file system", name, Folder::Nowhere, errors);
    if errors.count() == before && name.value.contains('.') {
        errors.at(
            name.span,
            "a file system's name has no `.`: what follows one is a subtype to `mount(2)`",
            format!("write `\"{}\"`", name.value.replace('.', "_")),
        );
    }
}
