// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysfs_bin(name = "…", of = …, group = "…", size = n, mode = 0o…, capability = "CAP_…")]`, and what is known of
//! the trait `SysfsBinary`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::file_size::{self, FileSize};
use super::sysfs_place::{self, SysfsPlace};
use super::{File, InDevice, Licence, Object, ObjectAttribute, Site, kernel_file, sysfs};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::capability::{self, Capability};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "sysfs_bin",
    also: &["bin_attribute", "sysfs_binary", "binary"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`sysfs_create_bin_file()`",
        objects: "files in sysfs",
    },
    reports_unshared: true,
    kept: Kept::Alone("SysfsBin"),
    in_device: InDevice::Of("SysfsBin"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"eeprom\"",
        meaning: "the file's name in `/sys/module/NAME`; in a `#[device]`, in the device's folder",
        default: "the field's name",
        also: &["path", "file"],
    },
    sysfs_place::OF,
    sysfs_place::GROUP,
    file_size::SIZE,
    Key {
        name: "mode",
        example: "mode = 0o644",
        meaning: "the file's mode",
        default: "`0o444`; of a type with a `write` handler, its owner may write, too",
        also: &["perm", "perms", "permissions"],
    },
    capability::AT_EACH,
];

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "SysfsBinary",
    documented_as: "sysfs_bin_handlers",
    table: Some("SysfsBinaryHandlers"),
    has_more: true,
    handlers: &[
        Handler {
            name: "is_visible",
            caller: "`insmod`, or the device's probe, before the file is made",
            context: Context::Process,
            absent: "the file is there",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "read",
            caller: "`read(2)`, for at most a page",
            context: Context::Process,
            absent: "EACCES of `open(2)`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "write",
            caller: "`write(2)`, with at most a page",
            context: Context::Process,
            absent: "EACCES of `open(2)`",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("show", "read"),
        ("store", "write"),
        ("visible", "is_visible"),
    ],
    not_ready_made: &[],
    why_shared: "handlers run for several processes at once",
    rules: Rules::NONE,
};

/// A field under `#[sysfs_bin]`.
struct SysfsBin {
    place: SysfsPlace,
    size: Option<FileSize>,
    mode: Option<Number>,
    capability: Option<Capability>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(SysfsBin {
        place: SysfsPlace::parse(args, field, errors)?,
        size: FileSize::parse(args, errors),
        mode: args.number("mode", errors),
        capability: args.capability(errors),
    }))
}

impl Object for SysfsBin {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.place.check(field.kind, errors);
        if let Some(size) = &self.size {
            size.check(errors);
        }
        if let Some(mode) = &self.mode {
            sysfs::mode(mode, errors);
        }
    }

    fn check_among(&self, fields: &[Field], _own: usize, errors: &mut Errors) {
        self.place.check_among(fields, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        self.place.names()
    }

    fn of(&self) -> Option<&Ident> {
        self.place.of()
    }

    fn file(&self, site: &Site<'_>) -> Option<File> {
        Some(File {
            device: None,
            path: self.place.path(site),
            mode: kernel_file::told_mode(site, "told_sysfs_bin_mode", self.mode.as_ref()),
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
        let place = self.place.expand(private);
        let mode = kernel_file::optional_mode(self.mode.as_ref());
        let size = self.size.as_ref().map(FileSize::expand);
        let capability = capability::constant(self.capability, private);
        let fits = kernel_file::fitting_mode(site, "sysfs_bin_mode", &mode);
        let field = item_at(*span, private, "SysfsBinField");
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                #place
                const MODE: ::core::option::Option<::core::primitive::u16> = #mode;
                #size
                #capability
            }
            #fits
        }
    }
}
