// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysfs(name = "…", of = …, group = "…", mode = 0o…, capability = "CAP_…")]`, and what is known of the trait
//! `SysfsFile`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::sysfs_place::{self, SysfsPlace};
use super::{File, InDevice, Licence, Object, ObjectAttribute, Site, kernel_file};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::capability::{self, AT_EACH, Capability};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "sysfs",
    also: &[
        "sysfs_attribute",
        "sysfs_file",
        "device_attribute",
        "module_attribute",
    ],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`sysfs_create_file()`",
        objects: "files in sysfs",
    },
    reports_unshared: true,
    kept: Kept::Alone("Sysfs"),
    in_device: InDevice::Of("Sysfs"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"sold\"",
        meaning: "the file's name in `/sys/module/NAME`; in a `#[device]`, in the device's folder",
        default: "the field's name",
        also: &["path", "file"],
    },
    sysfs_place::OF,
    sysfs_place::GROUP,
    Key {
        name: "mode",
        example: "mode = 0o644",
        meaning: "the file's mode",
        default: "`0o444`; of a type with a `store` handler, its owner may write, too",
        also: &["perm", "perms", "permissions"],
    },
    AT_EACH,
];

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "SysfsFile",
    documented_as: "sysfs_handlers",
    table: Some("SysfsHandlers"),
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
            name: "show",
            caller: "`read(2)`, at the file's beginning",
            context: Context::Process,
            absent: "EACCES of `open(2)`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "store",
            caller: "`write(2)`",
            context: Context::Process,
            absent: "EACCES of `open(2)`",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("read", "show"),
        ("write", "store"),
        ("visible", "is_visible"),
    ],
    not_ready_made: &[],
    why_shared: "handlers run for several processes at once",
    rules: Rules::NONE,
};

/// A field under `#[sysfs]`.
struct Sysfs {
    place: SysfsPlace,
    mode: Option<Number>,
    capability: Option<Capability>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Sysfs {
        place: SysfsPlace::parse(args, field, errors)?,
        mode: args.number("mode", errors),
        capability: args.capability(errors),
    }))
}

impl Object for Sysfs {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.place.check(field.kind, errors);
        if let Some(mode) = &self.mode {
            self::mode(mode, errors);
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
            mode: kernel_file::told_mode(site, "told_sysfs_mode", self.mode.as_ref()),
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
        let capability = capability::constant(self.capability, private);
        let fits = kernel_file::fitting_mode(site, "sysfs_mode", &mode);
        let field = item_at(*span, private, "SysfsField");
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                #place
                const MODE: ::core::option::Option<::core::primitive::u16> = #mode;
                #capability
            }
            #fits
        }
    }
}

/// A mode that `VERIFY_OCTAL_PERMISSIONS()` would take.
pub(super) fn mode(mode: &Number, errors: &mut Errors) {
    kernel_file::mode("file in sysfs", mode, errors);
    in_order(mode, errors);
}

/// The rest of `VERIFY_OCTAL_PERMISSIONS()`: who is farther off may not do more.
fn in_order(mode: &Number, errors: &mut Errors) {
    let value = mode.value;
    let [owner, group, other] = [value >> 6 & 7, value >> 3 & 7, value & 7];
    let (rule, better) = if value > 0o777 || other & 2 != 0 {
        return;
    } else if group & 2 > owner & 2 {
        (
            "a file that its group writes is writable for its owner, too",
            0o200,
        )
    } else if other & 4 > group & 4 & owner {
        (
            "a file that everyone reads is readable for its owner and its group, too",
            0o440,
        )
    } else if group & 4 > owner & 4 {
        (
            "a file that its group reads is readable for its owner, too",
            0o400,
        )
    } else {
        return;
    };
    errors.at(
        mode.span,
        rule,
        format!("write `mode = 0o{:o}`", value | better),
    );
}
